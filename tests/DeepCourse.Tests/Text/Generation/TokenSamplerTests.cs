using DeepCourse.Text.Generation;

namespace DeepCourse.Tests.Text.Generation;

public sealed class TokenSamplerTests
{
    // Probabilities 0.5, 0.25, 0.15, 0.1, in another order.
    private static float[] Logits => [MathF.Log(0.15f), MathF.Log(0.5f), MathF.Log(0.1f), MathF.Log(0.25f)];

    [Fact]
    public void Tokens_ComeAsOftenAsTheyAreLikely() => Frequencies(new Sampling(), [0.15, 0.5, 0.1, 0.25]);

    [Fact]
    public void TopK_LeavesTheLikeliest() => Frequencies(new Sampling { TopK = 2 }, [0, 2.0 / 3, 0, 1.0 / 3]);

    [Fact]
    public void TopP_TakesAsManyAsReachTheProbability()
    {
        Frequencies(new Sampling { TopP = 0.6 }, [0, 2.0 / 3, 0, 1.0 / 3]);
        Frequencies(new Sampling { TopP = 0.8 }, [1.0 / 6, 5.0 / 9, 0, 5.0 / 18]);
        Frequencies(new Sampling { TopP = 1e-9 }, [0, 1, 0, 0]);
        Frequencies(new Sampling { TopP = 1 }, [0.15, 0.5, 0.1, 0.25]);
    }

    [Fact]
    public void Temperature_SharpensAndFlattens()
    {
        // Squared probabilities 0.0225, 0.25, 0.01, 0.0625: their sum is 0.345.
        Frequencies(new Sampling { Temperature = 0.5 }, [0.0652, 0.7246, 0.0290, 0.1812]);
        Frequencies(Sampling.Greedy, [0, 1, 0, 0]);
    }

    [Fact]
    public void ForbiddenTokens_NeverCome() => Frequencies(new Sampling(), [0.3, 0, 0.2, 0.5], forbidden: [1]);

    [Fact]
    public void TheSameSeed_GivesTheSameTokens()
    {
        int[] Draw(int seed)
        {
            var sampler = new TokenSampler(new Sampling(), seed);
            return [.. Enumerable.Range(0, 50).Select(_ => sampler.Draw(Logits, []))];
        }
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void WhatMakesNoSense_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(new Sampling { Temperature = -1 }, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(new Sampling { TopK = 0 }, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenSampler(new Sampling { TopP = 0 }, 0));
        Assert.Throws<ArgumentException>(() => new TokenSampler(new Sampling(), 0).Draw(Logits, [0, 1, 2, 3]));
    }

    private static void Frequencies(Sampling sampling, double[] expected, int[]? forbidden = null)
    {
        const int draws = 4000;
        var sampler = new TokenSampler(sampling, seed: 5);
        var counts = new int[expected.Length];
        for (var i = 0; i < draws; i++) counts[sampler.Draw(Logits, forbidden ?? [])]++;
        // Three and a half standard deviations of the likeliest.
        for (var i = 0; i < counts.Length; i++)
        {
            if (expected[i] == 0) Assert.Equal(0, counts[i]);
            else Assert.Equal(expected[i], counts[i] / (double)draws, 0.028);
        }
    }
}
