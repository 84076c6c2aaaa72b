using System.Text;

namespace DeepCourse.Torch.Generator;

/// <summary>Writes what all optimizers have in the same way: groups, options and states that are saved, copied and
/// compared field by field.</summary>
internal static class OptimizerClasses
{
    public static string Write()
    {
        var text = new StringBuilder(Header.MadeFrom("OptimizerParts.cs"));
        text.Append("#nullable disable // the types of this API say nothing about null\n\n");
        text.Append("using TorchSharp.Interop;\n\nnamespace TorchSharp.Modules;\n");
        foreach (var parts in OptimizerParts.All.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            text.Append($"\npublic partial class {parts.Name}\n{{\n");
            Steps(text);
            if (parts.HasBetas) text.Append(Betas);
            if (parts.HasMomentum) text.Append(Momentum);
            Group(text, parts);
            Options(text, parts.Options);
            State(text, parts.State);
            text.Append("}\n");
        }
        return text.ToString();
    }

    private static void Steps(StringBuilder text) => text.Append("""
            public override torch.Tensor step(Func<torch.Tensor> closure = null) =>
                _step<ParamGroup<Options>>(group => Step(group, group.Options.Rule()), closure);

            public override void add_param_group(Modules.ParamGroup param_group)
            {
                base.add_param_group(param_group);
                Join(param_group, () => new Options(), parameter => new State(parameter));
            }

            protected override void Dispose(bool disposing) => base.Dispose(disposing);

        """);

    private const string Betas = """

            public (double, double) Betas
            {
                get => (((Options)_defaults).beta1.Value, ((Options)_defaults).beta2.Value);
                set
                {
                    (((Options)_defaults).beta1, ((Options)_defaults).beta2) = value;
                    foreach (ParamGroup<Options> group in _parameter_groups) (group.Options.beta1, group.Options.beta2) = value;
                }
            }

        """;

    private const string Momentum = """

            public double Momentum
            {
                get => ((Options)_defaults).momentum.Value;
                set
                {
                    ((Options)_defaults).momentum = value;
                    foreach (ParamGroup<Options> group in _parameter_groups) group.Options.momentum = value;
                }
            }

        """;

    private static void Group(StringBuilder text, OptimizerParts parts)
    {
        text.Append($"\n    public partial class ParamGroup : ParamGroup<Options>{(parts.HasBetas ? ", torch.optim.IBetas" : parts.HasMomentum ? ", torch.optim.IMomentum" : "")}\n");
        text.Append("""
                {
                    public ParamGroup()
                    {
                    }

                    public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
                    {
                    }

            """);
        if (parts.HasBetas)
        {
            text.Append("""

                        public (double, double) Betas
                        {
                            get => (Options.beta1.Value, Options.beta2.Value);
                            set => (Options.beta1, Options.beta2) = value;
                        }

                """);
        }
        if (parts.HasMomentum)
        {
            text.Append("""

                        public double Momentum
                        {
                            get => Options.momentum.Value;
                            set => Options.momentum = value;
                        }

                """);
        }
        text.Append("    }\n");
    }

    private static void Options(StringBuilder text, IReadOnlyList<OptimizerField> fields)
    {
        text.Append("\n    public partial class Options : OptimizerOptions\n    {\n");
        foreach (var field in fields) text.Append($"        public {field.Type}? {field.Name};\n");
        Method(text, "public override void SaveStateDict(BinaryWriter writer)", fields, f => $"Write(writer, {f.Name})", "base.SaveStateDict(writer)");
        Method(text, "public override void LoadStateDict(BinaryReader reader)", fields,
            f => $"{f.Name} = {(f.Type == "bool" ? "ReadBoolean" : "ReadDouble")}(reader)", "base.LoadStateDict(reader)");
        Method(text, "public override void LoadStateDict(OptimizerOptions source)", fields, f => $"{f.Name} = from.{f.Name}",
            "base.LoadStateDict(source)", "var from = (Options)source");
        Method(text, "internal override void Complete(OptimizerOptions defaults)", fields, f => $"{f.Name} ??= from.{f.Name}",
            "base.Complete(defaults)", "var from = (Options)defaults");
        text.Append("    }\n");
    }

    private static void State(StringBuilder text, IReadOnlyList<OptimizerField> fields)
    {
        var tensors = fields.Where(f => f.Type == "Tensor").ToList();
        text.Append("\n    public sealed partial class State : OptimizerState, IDisposable\n    {\n");
        foreach (var field in fields) text.Append($"        public {(field.Type == "Tensor" ? "torch.Tensor" : field.Type)} {field.Name};\n");
        text.Append("\n        public State(Parameter parameter) : base(parameter)\n        {\n        }\n");
        Method(text, "public override void SaveStateDict(BinaryWriter writer)", fields,
            f => f.Type == "Tensor" ? $"SaveConditionalStateTensor(writer, {f.Name})" : $"writer.Write({f.Name})");
        Method(text, "public override void LoadStateDict(BinaryReader reader)", fields, f => f.Type switch
        {
            "Tensor" => $"Load(reader, ref {f.Name})",
            "long" => $"{f.Name} = reader.ReadInt64()",
            _ => $"{f.Name} = reader.ReadDouble()",
        });
        Method(text, "public override void LoadStateDict(OptimizerState source)", fields,
            f => f.Type == "Tensor" ? $"Copy(from.{f.Name}, ref {f.Name})" : $"{f.Name} = from.{f.Name}", "var from = (State)source");
        text.Append("\n        public override bool ApproximatelyEquals(OptimizerState other) =>\n            other is State state");
        foreach (var field in fields) text.Append($" &&\n            {Equal(field)}");
        text.Append(";\n");
        Method(text, "public override void to(torch.Device device)", tensors, f => $"Move(ref {f.Name}, device)");
        Method(text, "public void Dispose()", tensors, f => $"{f.Name}?.Dispose()");
        var slots = Slots(fields);
        Method(text, "internal override void Export(ref OptimizerSlot slot)", fields,
            f => f.Type == "Tensor" ? $"slot.{slots[f]} = HandleOf({f.Name})" : $"slot.{slots[f]} = {f.Name}");
        Method(text, "internal override void Import(in OptimizerSlot slot)", fields,
            f => f.Type == "Tensor" ? $"Adopt(ref {f.Name}, slot.{slots[f]})" : $"{f.Name} = slot.{slots[f]}");
        text.Append("    }\n");
    }

    private static string Equal(OptimizerField field) => field.Type switch
    {
        "Tensor" => $"Close({field.Name}, state.{field.Name})",
        "long" => $"{field.Name} == state.{field.Name}",
        _ => $"Near({field.Name}, state.{field.Name})",
    };

    // The shim has places for a counter, two numbers and three tensors, which are taken in the order of the fields.
    private static Dictionary<OptimizerField, string> Slots(IReadOnlyList<OptimizerField> fields)
    {
        var free = new Dictionary<string, Queue<string>>
        {
            ["long"] = new(["Step"]),
            ["double"] = new(["Number", "Other"]),
            ["Tensor"] = new(["First", "Second", "Third"]),
        };
        return fields.ToDictionary(field => field, field => free[field.Type].Dequeue());
    }

    private static void Method(
        StringBuilder text, string signature, IEnumerable<OptimizerField> fields, Func<OptimizerField, string> statement, params string[] first)
    {
        text.Append($"\n        {signature}\n        {{\n");
        foreach (var line in first.Concat(fields.Select(statement))) text.Append($"            {line};\n");
        text.Append("        }\n");
    }
}
