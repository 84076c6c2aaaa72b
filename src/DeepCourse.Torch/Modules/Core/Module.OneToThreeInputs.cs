namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract class Module<T, TResult> : HookableModule<
            Func<Module<T, TResult>, T, T>,
            Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T input);

            /// <summary>Runs <see cref="forward"/> between the hooks registered on this module.</summary>
            public TResult call(T input)
            {
                if (!HasHooks) return forward(input);
                RunPreHooks();
                foreach (var hook in InOrder(pre_hooks))
                {
                    if (hook(this, input) is { } replaced) input = replaced;
                }
                var result = forward(input);
                RunPostHooks();
                foreach (var hook in InOrder(post_hooks))
                {
                    if (hook(this, input, result) is { } replaced) result = replaced;
                }
                return result;
            }
        }

        public abstract class Module<T1, T2, TResult> : HookableModule<
            Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>,
            Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>, IModule<T1, T2, TResult>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs <see cref="forward"/> between the hooks registered on this module.</summary>
            public TResult call(T1 input1, T2 input2)
            {
                if (!HasHooks) return forward(input1, input2);
                RunPreHooks();
                foreach (var hook in InOrder(pre_hooks))
                {
                    if (hook(this, input1, input2) is { } replaced) (input1, input2) = replaced;
                }
                var result = forward(input1, input2);
                RunPostHooks();
                foreach (var hook in InOrder(post_hooks))
                {
                    if (hook(this, input1, input2, result) is { } replaced) result = replaced;
                }
                return result;
            }
        }

        public abstract class Module<T1, T2, T3, TResult> : HookableModule<
            Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>,
            Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>, IModule<T1, T2, T3, TResult>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Runs <see cref="forward"/> between the hooks registered on this module.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                if (!HasHooks) return forward(input1, input2, input3);
                RunPreHooks();
                foreach (var hook in InOrder(pre_hooks))
                {
                    if (hook(this, input1, input2, input3) is { } replaced) (input1, input2, input3) = replaced;
                }
                var result = forward(input1, input2, input3);
                RunPostHooks();
                foreach (var hook in InOrder(post_hooks))
                {
                    if (hook(this, input1, input2, input3, result) is { } replaced) result = replaced;
                }
                return result;
            }
        }
    }
}
