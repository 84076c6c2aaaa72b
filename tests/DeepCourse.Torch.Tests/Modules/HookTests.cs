namespace DeepCourse.Torch.Tests.Modules;

public class HookTests
{
    [Fact]
    public void Hooks_RunInOrderAroundForward_OnCallOnly()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(1, 1);
        var events = new List<string>();
        layer.register_forward_pre_hook((_, input) => { events.Add("before 1"); return input; });
        layer.register_forward_pre_hook((_, input) => { events.Add("before 2"); return input; });
        layer.register_forward_hook((_, _, output) => { events.Add("after 1"); return output; });
        layer.register_forward_hook((_, _, output) => { events.Add("after 2"); return output; });

        layer.forward(ones(1, 1));
        Assert.Empty(events);
        layer.call(ones(1, 1));

        Assert.Equal(["before 1", "before 2", "after 1", "after 2"], events);
    }

    [Fact]
    public void Hooks_MayReplaceInputAndOutput()
    {
        using var scope = NewDisposeScope();
        using var layer = ReLU();
        layer.register_forward_pre_hook((_, input) => input.neg());
        layer.register_forward_hook((_, _, output) => output.add(10));
        Assert.Equal(13, layer.call(full([1], -3f)).item<float>());
    }

    [Fact]
    public void Hook_ThatReturnsNull_ChangesNothing()
    {
        using var scope = NewDisposeScope();
        using var layer = ReLU();
        layer.register_forward_pre_hook((_, _) => null!);
        layer.register_forward_hook((_, _, _) => null!);
        Assert.Equal(3, layer.call(full([1], 3f)).item<float>());
    }

    [Fact]
    public void RemovedHooks_AreGone_AndTheOthersKeepTheirOrder()
    {
        using var scope = NewDisposeScope();
        using var layer = ReLU();
        var events = new List<int>();
        var first = layer.register_forward_hook((_, _, _) => { events.Add(1); return null!; });
        layer.register_forward_hook((_, _, _) => { events.Add(2); return null!; });
        first.remove();
        layer.register_forward_hook((_, _, _) => { events.Add(3); return null!; });

        layer.call(ones(1));

        Assert.Equal([2, 3], events);
    }

    [Fact]
    public void ModuleHooks_SeeTheModule_AlsoInsideSequential()
    {
        using var scope = NewDisposeScope();
        var inner = Linear(2, 2);
        using var net = Sequential(inner, ReLU());
        var seen = new List<Module>();
        inner.register_forward_pre_hook(seen.Add);
        inner.register_forward_hook(seen.Add);

        net.call(ones(1, 2));

        Assert.Equal(new Module[] { inner, inner }, seen);
    }

    [Fact]
    public void Hook_MayRemoveItself()
    {
        using var scope = NewDisposeScope();
        using var layer = ReLU();
        var count = 0;
        HookableModule<Func<Module<Tensor, Tensor>, Tensor, Tensor>, Func<Module<Tensor, Tensor>, Tensor, Tensor, Tensor>>
            .HookRemover? remover = null;
        remover = layer.register_forward_hook((_, _, output) => { count++; remover!.remove(); return output; });
        layer.call(ones(1));
        layer.call(ones(1));
        Assert.Equal(1, count);
    }

    [Fact]
    public void PreHookOfTwoInputs_ReplacesBoth()
    {
        using var scope = NewDisposeScope();
        using var loss = L1Loss();
        loss.register_forward_pre_hook((_, input, target) => (target, input.mul(3)));
        Assert.Equal(1, loss.call(ones(1), full([1], 4f)).item<float>());
    }
}
