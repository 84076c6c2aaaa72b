// The types of this API say nothing about null.
#nullable disable

using System.Runtime.InteropServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>What the optimizers share: groups, state by parameter, and one native call per group and step.</summary>
public abstract partial class OptimizerHelper : torch.optim.Optimizer
{
    protected OptimizerOptions _defaults;
    protected OrderedDict<IntPtr, OptimizerState> _state = [];
    private OptimizerSlot[] slots = [];

    public OptimizerHelper() : base(IntPtr.Zero)
    {
    }

    protected enum TypeCode
    {
        Double = 0,
        Long = 1,
        Tensor = 2,
        Options = 3,
        State = 4,
    }

    public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

    public override void add_param_group(ParamGroup param_group)
    {
        // A module's parameters() walks the module anew each time: it is walked once, here.
        var parameters = param_group.Parameters.ToArray();
        var seen = new HashSet<IntPtr>();
        foreach (var parameter in parameters)
        {
            if (_state.ContainsKey(parameter.Handle) || !seen.Add(parameter.Handle))
                throw new ArgumentException("A parameter is in more than one group, or in one group twice.", nameof(param_group));
        }
        param_group.Parameters = parameters;
        _parameter_groups.Add(param_group);
    }

    public override void zero_grad()
    {
        foreach (var group in _parameter_groups) GradientCalls.Clear(group.Parameters);
    }

    /// <summary>Moves the state to where the parameters have gone.</summary>
    public void to(torch.Device device)
    {
        foreach (var state in _state.values()) state.to(device);
    }

    protected torch.Tensor _step<T>(Action<T> body, Func<torch.Tensor> loss_closure = null) where T : ParamGroup
    {
        torch.Tensor loss = null;
        if (loss_closure is not null)
        {
            using var recording = torch.enable_grad();
            loss = loss_closure();
        }
        using var nothing = torch.no_grad();
        foreach (var group in _parameter_groups) body((T)group);
        return loss;
    }

    /// <summary>Joins a group: open options come from the defaults, and every parameter gets its state.</summary>
    private protected void Join(ParamGroup group, Func<OptimizerOptions> makeOptions, Func<Parameter, OptimizerState> makeState)
    {
        group.Options ??= makeOptions();
        group.Options.Complete(_defaults);
        foreach (var parameter in group.Parameters)
        {
            var state = makeState(parameter);
            state.Initialize(group.Options);
            _state[parameter.Handle] = state;
        }
    }

    /// <summary>Steps one group. Parameters without a gradient are passed over.</summary>
    private protected unsafe void Step(ParamGroup group, in OptimizerRule rule)
    {
        var parameters = (Parameter[])group.Parameters;
        if (slots.Length < parameters.Length) slots = GC.AllocateArray<OptimizerSlot>(parameters.Length, pinned: true);
        for (var i = 0; i < parameters.Length; i++)
        {
            ref var slot = ref slots[i];
            slot = default;
            slot.Parameter = parameters[i].Handle;
            _state[slot.Parameter].Export(ref slot);
        }
        int status;
        fixed (OptimizerRule* ruleStart = &rule)
            status = NativeMethods.dct_optimizer_step(
                ruleStart, (OptimizerSlot*)Marshal.UnsafeAddrOfPinnedArrayElement(slots, 0), parameters.Length);
        // Also after a failure: the shim may have made state tensors that must find their owner.
        for (var i = 0; i < parameters.Length; i++) _state[slots[i].Parameter].Import(slots[i]);
        GC.KeepAlive(parameters);
        Errors.Check(status);
    }

    private protected static void RequireNonNegative(double value, string name)
    {
        if (!(value >= 0)) throw new ArgumentException($"Invalid {name}: {value}; it must not be negative.", name);
    }

    private protected static void RequireFraction(double value, string name)
    {
        if (!(value is >= 0 and < 1)) throw new ArgumentException($"Invalid {name}: {value}; expected 0 <= {name} < 1.", name);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in _state.values()) (state as IDisposable)?.Dispose();
            _state.clear();
        }
        base.Dispose(disposing);
    }
}
