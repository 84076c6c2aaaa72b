using System.Text.Json;
using DeepCourse.Tensors;
using DeepCourse.Text;
using DeepCourse.Text.Models;
using DeepCourse.Text.Tokenization;
using DeepCourse.Text.Transfer;

namespace DeepCourse.Tests.Text.Transfer;

public sealed class FastaiLanguageModelTests
{
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("text_transfer.json"))).RootElement;

    [Theory]
    [InlineData("lstm_fwd.pth", "itos.pkl", "logits")]
    [InlineData("fwd_old.pth", "itos_old.pkl", "old_logits")]
    public void Logits_AreThoseOfPyTorch(string weights, string tokens, string expected)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var pretrained = PretrainedLanguageModel.FromFastai(PathOf(weights), PathOf(tokens));
        using var model = pretrained.Create();
        model.eval();
        var text = Expected.GetProperty("text").EnumerateArray().Select(token => token.GetInt64()).ToArray();
        var logits = model.call(torch.tensor(text).unsqueeze(0)).Logits().ReadNumbers();
        Assert.Equal(
            Expected.GetProperty(expected).EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetDouble()),
            logits, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Options_FollowFromTheWeights()
    {
        var pretrained = PretrainedLanguageModel.FromFastai(PathOf("lstm_fwd.pth"), PathOf("itos.pkl"), isBackward: true);
        Assert.Equal((14, 3, 5, 3, 1), (pretrained.Options.VocabularySize, pretrained.Options.EmbeddingSize,
            pretrained.Options.HiddenSize, pretrained.Options.Layers, pretrained.Options.PaddingIndex));
        Assert.True(pretrained.IsBackward);
    }

    [Fact]
    public void Vocabulary_IsThePickledList_WithItsFillingToldApart()
    {
        var vocabulary = PretrainedLanguageModel.FromFastai(PathOf("lstm_fwd.pth"), PathOf("itos.pkl")).Vocabulary;
        Assert.Equal(
            ["xxunk", "xxpad", "xxbos", "xxeos", "xxfld", "xxmaj", "xxup", "xxrep", "xxwrep", "the", "film", "été", "xxfake12", "xxfake13"],
            vocabulary);
        Assert.Equal(0, vocabulary.UnknownIndex);
    }

    [Fact]
    public void OldNames_BecomeThoseOfToday()
    {
        var vocabulary = PretrainedLanguageModel.FromFastai(PathOf("fwd_old.pth"), PathOf("itos_old.pkl")).Vocabulary;
        Assert.Equal(
            [SpecialToken.Unknown, SpecialToken.Padding, "the", SpecialToken.Upper, SpecialToken.RepeatedCharacter,
             SpecialToken.RepeatedWord, SpecialToken.Begin, SpecialToken.Field, "film"],
            vocabulary);
    }

    [Fact]
    public void AVocabularyOfAnotherSize_IsRefused()
    {
        var error = Assert.Throws<VocabularyMismatchException>(
            () => PretrainedLanguageModel.FromFastai(PathOf("lstm_fwd.pth"), PathOf("itos_old.pkl")));
        Assert.Equal((14, 9), (error.ExpectedSize, error.ActualSize));
    }

    [Fact]
    public void AListOfOtherThings_IsRefused() => Assert.Contains("number 1", Assert.Throws<DataFormatException>(
        () => PretrainedLanguageModel.FromFastai(PathOf("lstm_fwd.pth"), PathOf("itos_numbers.pkl"))).Message, StringComparison.Ordinal);

    [Fact]
    public void APickleThatAsksForMore_IsRefused() => Assert.Throws<DataFormatException>(
        () => PretrainedLanguageModel.FromFastai(PathOf("lstm_fwd.pth"), ReferenceFiles.PathOf("weights/malicious.pkl")));

    [Fact]
    public void AQrnn_IsRefusedByName() => Assert.Contains("QRNN", Assert.Throws<DataFormatException>(
        () => PretrainedLanguageModel.FromFastai(PathOf("qrnn.pth"), PathOf("itos_old.pkl"))).Message, StringComparison.Ordinal);

    [Fact]
    public void OtherWeights_AreRefused() => Assert.Contains("0.encoder.weight", Assert.Throws<DataFormatException>(
        () => PretrainedLanguageModel.FromFastai(ReferenceFiles.PathOf("weights/network.pth"), PathOf("itos.pkl"))).Message, StringComparison.Ordinal);

    private static string PathOf(string name) => ReferenceFiles.PathOf($"text_transfer/{name}");
}
