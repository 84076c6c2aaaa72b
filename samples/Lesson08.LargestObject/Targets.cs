using DeepCourse.Data;
using DeepCourse.Vision.Detection;

namespace Lesson08.LargestObject;

/// <summary>The largest object of a picture: what it is, and where.</summary>
internal sealed record LargestObject(string Class, UnitBox Box);

/// <summary>A picture with its largest object, as it is listed.</summary>
internal sealed record Item(string Path, LargestObject Object);

/// <summary>What a batch is to be told: classes [batch] int64, boxes [batch, 4] as shares of the sides.</summary>
internal sealed record Targets(Tensor Classes, Tensor Boxes) : IMovable<Targets>
{
    public Targets To(Device device) => new(Classes.Place(device), Boxes.Place(device));
}

/// <summary>What the model says: scores [batch, classes] before softmax, boxes [batch, 4] as shares of the sides.</summary>
internal sealed record Answer(Tensor Scores, Tensor Boxes);
