using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => At(indices);
            set => Put(At(indices), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => At([i1]);
            set => Put(At([i1]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At([i1, i2]);
            set => Put(At([i1, i2]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At([i1, i2, i3]);
            set => Put(At([i1, i2, i3]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At([i1, i2, i3, i4]);
            set => Put(At([i1, i2, i3, i4]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => At([i1, i2, i3, i4, i5]);
            set => Put(At([i1, i2, i3, i4, i5]), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => At([i1, i2, i3, i4, i5, i6]);
            set => Put(At([i1, i2, i3, i4, i5, i6]), value);
        }

        public Tensor index(params Tensor[] indices) => Aten.index_Tensor(this, indices);

        /// <summary>Basic and advanced indexing as NumPy has it.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            var view = View(indices, out var masks);
            if (masks is null) return view;
            using (view) return Aten.index_Tensor(view, masks);
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false)
        {
            Aten.index_put_(this, indices, value, accumulate);
            return this;
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var view = View(indices, out var masks);
            if (masks is not null)
            {
                using var here = value.Dimensions == 0 && value.dtype != dtype ? value.to_type(dtype) : Aten.alias(value);
                Aten.index_put_(view, masks, here, accumulate);
            }
            else if (accumulate)
            {
                Aten.add__Tensor(view, value);
            }
            else
            {
                Aten.copy_(view, value);
            }
            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var view = View(indices, out var masks);
            if (masks is null)
            {
                Aten.fill__Scalar(view, value);
                return this;
            }
            using var filler = Full(value);
            Aten.index_put_(view, masks, filler);
            return this;
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var filler = Full(value);
            Aten.index_put_(this, indices, filler);
            return this;
        }

        private Tensor Full(Scalar value) => Aten.full([], value, dtype, null, device, null);

        private static void Put(Tensor place, Tensor value)
        {
            using (place) Aten.copy_(place, value);
        }

        private Tensor At(ReadOnlySpan<long> indices)
        {
            var view = Aten.select_int(this, 0, indices[0]);
            foreach (var index in indices[1..])
            {
                var narrower = Aten.select_int(view, 0, index);
                view.Dispose();
                view = narrower;
            }
            return view;
        }

        /// <summary>
        /// Applies numbers, ranges, new axes and the ellipsis as views, and collects masks and index tensors by the
        /// dimension they are for (null where a dimension has none).
        /// </summary>
        private Tensor View(TensorIndex[] indices, out Tensor?[]? masks)
        {
            var consumed = 0;
            foreach (var index in indices)
                consumed += index.Type switch
                {
                    TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                    TensorIndex.Kind.Tensor => index.Mask!.dtype == ScalarType.Bool ? (int)index.Mask.ndim : 1,
                    _ => 0,
                };
            var view = Aten.alias(this);
            List<Tensor?>? collected = null;
            var dimension = 0;
            foreach (var index in indices)
            {
                switch (index.Type)
                {
                    case TensorIndex.Kind.Single:
                        view = Next(view, Aten.select_int(view, dimension, index.Start!.Value));
                        break;
                    case TensorIndex.Kind.Slice:
                        if (index.Start is not null || index.Stop is not null || index.Step is not null)
                            view = Next(view, Aten.slice_Tensor(view, dimension, index.Start, index.Stop, index.Step));
                        dimension++;
                        break;
                    case TensorIndex.Kind.None or TensorIndex.Kind.Null:
                        view = Next(view, Aten.unsqueeze(view, dimension++));
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dimension += (int)ndim - consumed;
                        break;
                    case TensorIndex.Kind.Bool:
                        view = Next(view, Aten.unsqueeze(view, dimension));
                        Collect(ref collected, dimension++, torch.tensor(new[] { index.Start != 0 }));
                        break;
                    case TensorIndex.Kind.Tensor:
                        Collect(ref collected, dimension, index.Mask!);
                        dimension += index.Mask!.dtype == ScalarType.Bool ? (int)index.Mask.ndim : 1;
                        break;
                }
            }
            masks = collected?.ToArray();
            return view;
        }

        private static void Collect(ref List<Tensor?>? masks, int dimension, Tensor mask)
        {
            masks ??= [];
            while (masks.Count < dimension) masks.Add(null);
            masks.Add(mask);
        }

        private static Tensor Next(Tensor view, Tensor narrower)
        {
            view.Dispose();
            return narrower;
        }
    }
}
