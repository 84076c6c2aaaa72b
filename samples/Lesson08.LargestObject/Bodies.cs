using DeepCourse.Lessons;
using DeepCourse.Vision.Backbones;

namespace Lesson08.LargestObject;

/// <summary>The pretrained bodies to choose from.</summary>
internal static class Bodies
{
    private const string Default = "csp-darknet-tiny";

    internal static LessonOption<string> Option { get; } = LessonOption.Choice(
        "--backbone", $"{Default} brings its COCO weights; resnet18, 34 and 50 read --weights (torchvision's .pth or safetensors)",
        Default, Default, "resnet18", "resnet34", "resnet50");

    /// <summary>A body with the weights the options name, on the lesson's device; the caller disposes it.</summary>
    internal static Backbone Make(LessonContext lesson, bool pretrained = true)
    {
        var name = lesson.Value(Option);
        if (name == Default && lesson.Options.Weights is not null)
            throw new UsageException($"--weights is for a ResNet: {Default} brings its own; add --backbone resnet18, 34 or 50");
        Backbone body = name switch
        {
            Default => pretrained ? CspDarknetTiny.Pretrained() : new CspDarknetTiny(),
            _ when !pretrained || lesson.Options.Weights is null => new Resnet(int.Parse(name["resnet".Length..])),
            _ => Resnet.Pretrained(int.Parse(name["resnet".Length..]), lesson.Options.Weights),
        };
        if (pretrained && body is Resnet && lesson.Options.Weights is null)
            lesson.Console.Warn($"{name} starts from random weights: give it torchvision's with --weights FILE.");
        return body.to(lesson.Device);
    }
}
