using System.Text;

namespace DeepCourse.Torch.Generator;

/// <summary>Writes torch.tensor and torch.as_tensor for every element type, each over the copies in torch.FromMemory.cs.</summary>
internal static class TensorFactories
{
    public static string Write()
    {
        var text = new StringBuilder(Header.MadeFrom("ElementType.cs and TensorForm.cs"));
        text.Append("namespace TorchSharp;\n\npublic static partial class torch\n{\n");
        foreach (var element in ElementType.All)
            foreach (var form in TensorForm.All.Where(f => element.Forms.HasFlag(f.Needs)))
                Append(text, form, part => part
                    .Replace("{T}", element.Declared, StringComparison.Ordinal)
                    .Replace("{E}", element.Name, StringComparison.Ordinal)
                    .Replace("{array}", element.ArrayName, StringComparison.Ordinal));
        foreach (var form in TensorForm.Single) Append(text, form, part => part);
        text.Length--;
        return text.Append("}\n").ToString();
    }

    private static void Append(StringBuilder text, TensorForm form, Func<string, string> fill)
    {
        string Given(string option, string otherwise) => form.Options.Contains($" {option} =", StringComparison.Ordinal) ? option : otherwise;
        text.Append($"    public static Tensor {form.Method}({fill(form.Parameters)}, {form.Options}) =>\n");
        text.Append($"        {fill(form.Call)}, {Given("dtype", "null")}, device, {Given("requires_grad", "false")});\n\n");
    }
}
