using TorchSharp;

namespace DeepCourse.Native;

/// <summary>Who looks on when a module computes.</summary>
public static class ModuleHooks
{
    /// <summary>Whether anything is called before or after this module's forward pass.</summary>
    /// <param name="module">Its parts are asked for themselves.</param>
    public static bool Any(torch.nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.HasHooks;
    }
}
