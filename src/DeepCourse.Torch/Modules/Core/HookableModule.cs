namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A module whose <c>call</c> runs the registered hooks around <c>forward</c>, in the order of registration.
        /// </summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            protected Dictionary<string, TPreHook> pre_hooks = [];
            protected Dictionary<string, TPostHook> post_hooks = [];
            protected Dictionary<string, Action<Module>> module_pre_hooks = [];
            protected Dictionary<string, Action<Module>> module_post_hooks = [];
            private long _registered;

            protected HookableModule(string name) : base(name)
            {
            }

            internal sealed override bool HasHooks =>
                pre_hooks.Count + post_hooks.Count + module_pre_hooks.Count + module_post_hooks.Count > 0;

            public HookRemover register_forward_pre_hook(TPreHook hook) => Register(pre_hooks, hook);

            public HookRemover register_forward_hook(TPostHook hook) => Register(post_hooks, hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Register(module_pre_hooks, hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Register(module_post_hooks, hook);

            private protected void RunPreHooks()
            {
                foreach (var hook in InOrder(module_pre_hooks)) hook(this);
            }

            private protected void RunPostHooks()
            {
                foreach (var hook in InOrder(module_post_hooks)) hook(this);
            }

            // A snapshot: a hook may remove itself. Keys sort by age, since a dictionary reuses the slots of removed
            // entries and so does not keep the order by itself.
            private protected static THook[] InOrder<THook>(Dictionary<string, THook> hooks) =>
                hooks.Count < 2 ? [.. hooks.Values]
                : [.. hooks.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value)];

            private HookRemover Register<THook>(Dictionary<string, THook> hooks, THook hook)
            {
                var key = $"{_registered++:x16}";
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Takes one hook off its module.</summary>
            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                public void remove()
                {
                    module.pre_hooks.Remove(key);
                    module.post_hooks.Remove(key);
                    module.module_pre_hooks.Remove(key);
                    module.module_post_hooks.Remove(key);
                }
            }
        }
    }
}
