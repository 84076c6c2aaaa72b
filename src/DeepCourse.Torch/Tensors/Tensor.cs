using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A multi-dimensional array of one element type on one device. This part holds the native handle and its life:
    /// a tensor is freed by Dispose, by its dispose scope, or at the latest after garbage collection.
    /// </summary>
    public partial class Tensor : IScoped
    {
        private static long totalCount;
        private static long peakCount;
        private IntPtr handle;
        private LifetimeStatistics statistics;
        private ScopeSlot slot;

        internal Tensor(IntPtr handle, int kibibytes = 0)
        {
            this.handle = handle;
            var thread = ThreadScopes.OfThisThread;
            statistics = thread.Statistics.TensorStatistics;
            var scope = thread.Current;
            DisposeScopeManager.Register(this, statistics, scope);
            var count = Interlocked.Increment(ref totalCount);
            if (count > peakCount) peakCount = count;
            ReleaseQueue.Drain();
            if (scope is null) UnscopedMemory.Account(kibibytes);
        }

        ~Tensor()
        {
            if (handle == IntPtr.Zero) return;
            Interlocked.Decrement(ref totalCount);
            ReleaseQueue.Add(handle);
            handle = IntPtr.Zero;
        }

        /// <summary>Tensors that are alive in the process.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        public static long PeakCount => Interlocked.Read(ref peakCount);

        /// <summary>The native at::Tensor*.</summary>
        public IntPtr Handle
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                if (handle == IntPtr.Zero) ThrowDisposed();
                return handle;
            }
        }

        public bool IsInvalid => handle == IntPtr.Zero;

        ScopeSlot IScoped.Slot
        {
            get => slot;
            set => slot = value;
        }

        internal DisposeScope? OwningDisposeScope => slot.Scope;

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        internal static Tensor Wrap(IntPtr handle) => handle == IntPtr.Zero ? null! : new Tensor(handle);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal static Tensor Wrap(Argument result) =>
            result.Payload == 0 ? null! : new Tensor((IntPtr)result.Payload, result.Length);

        /// <summary>Gives the handle away; this object is empty afterwards.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            var taken = Handle;
            handle = IntPtr.Zero;
            Forget();
            GC.SuppressFinalize(this);
            return taken;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == IntPtr.Zero) return;
            var taken = handle;
            handle = IntPtr.Zero;
            Forget();
            NativeMethods.dct_tensor_free(taken);
        }

        /// <summary>For the owning scope, which frees its tensors in bulk.</summary>
        internal IntPtr TakeHandleFromScope()
        {
            var taken = handle;
            slot = default;
            if (taken == IntPtr.Zero) return taken;
            handle = IntPtr.Zero;
            Interlocked.Decrement(ref totalCount);
            statistics.Disposed(inScope: true);
            GC.SuppressFinalize(this);
            return taken;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            slot.Scope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (slot.Scope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.slot.Scope);

        public Tensor DetachFromDisposeScope()
        {
            slot.Scope?.Detach(this);
            return this;
        }

        [Obsolete("Spelled DetachFromDisposeScope.", false)]
        public Tensor DetatchFromDisposeScope() => DetachFromDisposeScope();

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public bool Equals(Tensor target) =>
            ReferenceEquals(this, target) || (target is not null && !target.IsInvalid && !IsInvalid && Aten.equal(this, target));

        // The handle would change with disposal; the object's own identity does not.
        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        private void Forget()
        {
            Interlocked.Decrement(ref totalCount);
            var scope = slot.Scope;
            statistics.Disposed(inScope: scope is not null);
            scope?.Release(this);
            slot = default;
        }

        private static void ThrowDisposed() =>
            throw new InvalidOperationException(
                "Tensor invalid -- empty handle. It was disposed, by hand or with its dispose scope; " +
                "MoveToOuterDisposeScope() or DetachFromDisposeScope() keeps a tensor longer.");
    }
}
