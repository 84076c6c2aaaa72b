namespace DeepCourse.Data;

/// <summary>One process's part of another sampler's epochs; all processes must give it the same generator.</summary>
internal sealed class ShardedSampler(Sampler whole, Shard shard) : Sampler
{
    public override int CountOf(int itemCount) => shard.CountOf(whole.CountOf(itemCount));

    // What lies together in a batch of all processes decides, so like items meet across them too.
    public override int[] Order(int itemCount, int batchSize, Random random) =>
        shard.Of(whole.Order(itemCount, checked(batchSize * shard.WorldSize), random));

    public override int PlaceOf(int position) => whole.PlaceOf(shard.PlaceOf(position));
}
