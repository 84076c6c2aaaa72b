// libtorch's seed and thread count are global, so tests of one assembly run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
