namespace DeepCourse.Torch.Generator;

/// <summary>A type of number that managed memory may hold, with the forms in which it becomes a tensor.</summary>
/// <param name="Name">The type in C#.</param>
/// <param name="Declared">The type as public signatures of torch.tensor have it: a tuple's parts are named there.</param>
/// <param name="ArrayName">What an array's parameter is called.</param>
internal sealed record ElementType(string Name, TensorForms Forms, string Declared, string ArrayName = "rawArray")
{
    private const TensorForms KeptScalar = TensorForms.All | TensorForms.Scalar;
    private const TensorForms TypedScalar = TensorForms.All | TensorForms.TypedScalar;

    private ElementType(string name, TensorForms forms) : this(name, forms, name)
    {
    }

    public static IReadOnlyList<ElementType> All { get; } =
    [
        new("bool", TypedScalar & ~TensorForms.Memory),
        new("byte", KeptScalar),
        new("sbyte", KeptScalar),
        new("short", KeptScalar),
        // Four dimensions go with an int[] instead: see TensorForm.Single.
        new("int", KeptScalar & ~TensorForms.ListOfFour),
        new("long", TypedScalar, "long", "dataArray"),
        new("Half", TensorForms.Arrays | TensorForms.Lists | TensorForms.Memory),
        new("BFloat16", TypedScalar),
        new("float", KeptScalar),
        new("double", TypedScalar & ~TensorForms.ShapedList),
        new("(float, float)", TypedScalar & ~TensorForms.Memory, "(float Real, float Imaginary)"),
        new("System.Numerics.Complex", TypedScalar),
    ];
}
