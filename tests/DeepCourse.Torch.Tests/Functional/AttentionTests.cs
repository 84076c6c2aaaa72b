namespace DeepCourse.Torch.Tests.Functional;

public sealed class AttentionTests
{
    [Fact]
    public void Attention_WithAMaskAndCausal_Throws()
    {
        using var words = ones(1, 3, 4);
        using var mask = ones(3, 3);

        Assert.Throws<ArgumentException>(() => functional.scaled_dot_product_attention(words, words, words, mask, is_casual: true));
    }

    [Fact]
    public void Attention_Causal_DoesNotLookAhead()
    {
        using var scope = NewDisposeScope();
        var words = randn(1, 4, 8);
        var changed = words.clone();
        changed[0, 3].fill_(7);

        var before = functional.scaled_dot_product_attention(words, words, words, is_casual: true);
        var after = functional.scaled_dot_product_attention(changed, changed, changed, is_casual: true);

        Assert.True(before.narrow(1, 0, 3).allclose(after.narrow(1, 0, 3)));
        Assert.False(before.select(1, 3).allclose(after.select(1, 3)));
    }

    [Fact]
    public void Attention_LeavesNothingButItsResult()
    {
        using var scope = NewDisposeScope();
        var words = randn(2, 4, 8);
        var before = scope.DisposablesCount;

        functional.scaled_dot_product_attention(words, words, words, is_casual: true);

        Assert.Equal(before + 1, scope.DisposablesCount);
    }
}
