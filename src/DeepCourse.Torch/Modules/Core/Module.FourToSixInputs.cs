namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract class Module<T1, T2, T3, T4, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?>,
            Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult>>,
            IModule<T1, T2, T3, T4, TResult>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            /// <summary>Runs <see cref="forward"/> between the hooks registered on this module.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4)
            {
                if (!HasHooks) return forward(input1, input2, input3, input4);
                RunPreHooks();
                foreach (var hook in InOrder(pre_hooks))
                {
                    if (hook(this, input1, input2, input3, input4) is { } replaced)
                        (input1, input2, input3, input4) = replaced;
                }
                var result = forward(input1, input2, input3, input4);
                RunPostHooks();
                foreach (var hook in InOrder(post_hooks))
                {
                    if (hook(this, input1, input2, input3, input4, result) is { } replaced)
                        result = replaced;
                }
                return result;
            }
        }

        public abstract class Module<T1, T2, T3, T4, T5, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>,
            Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult>>,
            IModule<T1, T2, T3, T4, T5, TResult>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            /// <summary>Runs <see cref="forward"/> between the hooks registered on this module.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5)
            {
                if (!HasHooks) return forward(input1, input2, input3, input4, input5);
                RunPreHooks();
                foreach (var hook in InOrder(pre_hooks))
                {
                    if (hook(this, input1, input2, input3, input4, input5) is { } replaced)
                        (input1, input2, input3, input4, input5) = replaced;
                }
                var result = forward(input1, input2, input3, input4, input5);
                RunPostHooks();
                foreach (var hook in InOrder(post_hooks))
                {
                    if (hook(this, input1, input2, input3, input4, input5, result) is { } replaced)
                        result = replaced;
                }
                return result;
            }
        }

        public abstract class Module<T1, T2, T3, T4, T5, T6, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?>,
            Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult>>,
            IModule<T1, T2, T3, T4, T5, T6, TResult>
        {
            protected Module(string name) : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);

            /// <summary>Runs <see cref="forward"/> between the hooks registered on this module.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6)
            {
                if (!HasHooks) return forward(input1, input2, input3, input4, input5, input6);
                RunPreHooks();
                foreach (var hook in InOrder(pre_hooks))
                {
                    if (hook(this, input1, input2, input3, input4, input5, input6) is { } replaced)
                        (input1, input2, input3, input4, input5, input6) = replaced;
                }
                var result = forward(input1, input2, input3, input4, input5, input6);
                RunPostHooks();
                foreach (var hook in InOrder(post_hooks))
                {
                    if (hook(this, input1, input2, input3, input4, input5, input6, result) is { } replaced)
                        result = replaced;
                }
                return result;
            }
        }
    }
}
