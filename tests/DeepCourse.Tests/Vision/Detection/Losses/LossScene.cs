using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>A small batch of random objects and outputs: three pictures, the second one without objects.</summary>
internal sealed class LossScene : IDisposable
{
    /// <summary>Real classes.</summary>
    public const int Classes = 3;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly AnchorGrid _grid;

    /// <summary>A batch for a grid.</summary>
    /// <param name="grid">Becomes the scene's own.</param>
    /// <param name="scores">Scores of each anchor.</param>
    /// <param name="seed">Of objects and output.</param>
    /// <param name="values">Numbers of each anchor's box.</param>
    public LossScene(AnchorGrid grid, int scores = Classes, int seed = 5, int values = 4)
    {
        manual_seed(seed);
        _grid = grid;
        Anchors = grid.For(new PixelSize(48, 32)).To(ScalarType.Float64);
        var drawn = new DrawnObjects(seed, pictures: 3, slots: 4, classes: Classes);
        Targets = drawn.ToTargets();
        // One object that is nearly an anchor, so that every rule of matching has a positive.
        Targets.Boxes[0, 0] = (Anchors.Boxes[Anchors.Count / 2] + 0.01).to(ScalarType.Float32);
        Targets.Classes[0, 0] = 1;
        Output = new(
            randn(3, Anchors.Count, scores, dtype: ScalarType.Float64),
            randn(3, Anchors.Count, values, dtype: ScalarType.Float64) * 0.5);
    }

    /// <summary>float64, so that losses compute in it.</summary>
    public Anchors Anchors { get; }

    /// <summary>Three pictures with four slots.</summary>
    public DetectionTargets Targets { get; }

    /// <summary>The same three pictures without any object.</summary>
    public DetectionTargets Nothing => new(Targets.Boxes * 0, Targets.Classes * 0 - 1);

    /// <summary>Random logits and offsets.</summary>
    public DetectionOutput Output { get; }

    /// <summary>Holds both gradients of a loss against differences.</summary>
    /// <param name="loss">For these anchors.</param>
    /// <param name="targets">These or none.</param>
    public void CheckGradients(DetectionLoss loss, DetectionTargets targets)
    {
        GradientCheck.Of(scores => loss.Of(Output with { Scores = scores }, targets), Output.Scores, name: "scores");
        GradientCheck.Of(boxes => loss.Of(Output with { Boxes = boxes }, targets), Output.Boxes, name: "boxes");
    }

    public void Dispose()
    {
        _grid.Dispose();
        _scope.Dispose();
    }
}
