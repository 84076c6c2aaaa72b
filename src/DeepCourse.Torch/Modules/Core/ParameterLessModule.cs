using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Marks modules that own nothing: moving or converting them does nothing.</summary>
public interface IParameterLessModule;

public abstract class ParameterLessModule<T1, TResult> : Module<T1, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw Refused.Component(this, "buffers");

    public override void register_parameter(string name, Parameter param) =>
        throw Refused.Component(this, "parameters");

    public override void register_module(string name, Module submodule) =>
        throw Refused.Component(this, "submodules");

    protected internal override Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override Module _to(ScalarType dtype, bool non_blocking) => this;
}

public abstract class ParameterLessModule<T1, T2, TResult> : Module<T1, T2, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw Refused.Component(this, "buffers");

    public override void register_parameter(string name, Parameter param) =>
        throw Refused.Component(this, "parameters");

    public override void register_module(string name, Module submodule) =>
        throw Refused.Component(this, "submodules");

    protected internal override Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override Module _to(ScalarType dtype, bool non_blocking) => this;
}

public abstract class ParameterLessModule<T1, T2, T3, TResult> : Module<T1, T2, T3, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw Refused.Component(this, "buffers");

    public override void register_parameter(string name, Parameter param) =>
        throw Refused.Component(this, "parameters");

    public override void register_module(string name, Module submodule) =>
        throw Refused.Component(this, "submodules");

    protected internal override Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override Module _to(ScalarType dtype, bool non_blocking) => this;
}

public abstract class ParameterLessModule<T1, T2, T3, T4, TResult>
    : Module<T1, T2, T3, T4, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw Refused.Component(this, "buffers");

    public override void register_parameter(string name, Parameter param) =>
        throw Refused.Component(this, "parameters");

    public override void register_module(string name, Module submodule) =>
        throw Refused.Component(this, "submodules");

    protected internal override Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override Module _to(ScalarType dtype, bool non_blocking) => this;
}

public abstract class ParameterLessModule<T1, T2, T3, T4, T5, TResult>
    : Module<T1, T2, T3, T4, T5, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw Refused.Component(this, "buffers");

    public override void register_parameter(string name, Parameter param) =>
        throw Refused.Component(this, "parameters");

    public override void register_module(string name, Module submodule) =>
        throw Refused.Component(this, "submodules");

    protected internal override Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override Module _to(ScalarType dtype, bool non_blocking) => this;
}

public abstract class ParameterLessModule<T1, T2, T3, T4, T5, T6, TResult>
    : Module<T1, T2, T3, T4, T5, T6, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name) : base(name)
    {
    }

    public override void register_buffer(string name, Tensor tensor, bool persistent = true) =>
        throw Refused.Component(this, "buffers");

    public override void register_parameter(string name, Parameter param) =>
        throw Refused.Component(this, "parameters");

    public override void register_module(string name, Module submodule) =>
        throw Refused.Component(this, "submodules");

    protected internal override Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override Module _to(Device device, ScalarType dtype, bool non_blocking) => this;

    protected internal override Module _to(ScalarType dtype, bool non_blocking) => this;
}

file static class Refused
{
    public static InvalidOperationException Component(Module module, string kind) =>
        new($"{module.GetName()} is a module without parameters: it takes no {kind}.");
}
