using static DeepCourse.Torch.Tests.Modules.LayerCases;
using static TorchSharp.torch.nn.utils.rnn;

namespace DeepCourse.Torch.Tests.Modules;

/// <summary>The recurrent and attention layers of make_layers.py.</summary>
internal static class SequenceCases
{
    public static readonly Dictionary<string, Func<LayerCase>> All = new()
    {
        ["LSTM"] = () => With(LSTM(5, 4, 2), (m, x) => Listed(m.call(x[0]))),
        ["LSTM bidirectional"] = () => With(
            LSTM(5, 4, 2, bidirectional: true, batchFirst: true), (m, x) => Listed(m.call(x[0]))),
        ["LSTM state"] = () => With(LSTM(5, 4), (m, x) => Listed(m.call(x[0], (x[1], x[2])))),
        ["GRU"] = () => With(GRU(5, 4, 2, bidirectional: true), (m, x) => Listed(m.call(x[0]))),
        ["RNN tanh"] = () => With(RNN(5, 4, 2), (m, x) => Listed(m.call(x[0]))),
        ["RNN relu"] = () => With(
            RNN(5, 4, nonLinearity: NonLinearities.ReLU, bias: false), (m, x) => Listed(m.call(x[0]))),
        ["LSTM packed"] = () => With(LSTM(5, 4, 2, bidirectional: true), (m, x) =>
        {
            var (output, hidden, cell) = m.call(Packed(x));
            return [pad_packed_sequence(output).Item1, hidden, cell];
        }),
        ["GRU packed"] = () => With(GRU(5, 4), (m, x) =>
        {
            var (output, hidden) = m.call(Packed(x));
            return [pad_packed_sequence(output).Item1, hidden];
        }),
        ["RNN packed"] = () => With(RNN(5, 4), (m, x) =>
        {
            var (output, hidden) = m.call(Packed(x));
            return [pad_packed_sequence(output).Item1, hidden];
        }),
        ["LSTMCell"] = () => With(LSTMCell(5, 4), (m, x) => Listed(m.call(x[0]))),
        ["GRUCell"] = () => With(GRUCell(5, 4), (m, x) => [m.forward(x[0])]),
        ["RNNCell"] = () => With(RNNCell(5, 4), (m, x) => [m.forward(x[0])]),
        ["MultiheadAttention"] = () => With(MultiheadAttention(4, 2), (m, x) => Listed(m.call(x[0], x[1], x[2]))),
        ["MultiheadAttention masked"] = () => With(
            MultiheadAttention(4, 2), (m, x) => Listed(m.call(x[0], x[0], x[0], Padding(), true, Causal()))),
        ["MultiheadAttention wide"] = () => With(
            MultiheadAttention(4, 2, add_bias_kv: true, add_zero_attn: true, kdim: 3, vdim: 6),
            (m, x) => Listed(m.call(x[0], x[1], x[2]))),
        ["TransformerEncoderLayer"] = () => With(
            TransformerEncoderLayer(4, 2, 6, 0), (m, x) => [m.call(x[0], Causal(), Padding())]),
        ["TransformerEncoder"] = () => With(
            TransformerEncoder(TransformerEncoderLayer(4, 2, 6, 0, Activations.GELU), 2), (m, x) => [m.call(x[0])]),
        ["TransformerDecoderLayer"] = () => With(
            TransformerDecoderLayer(4, 2, 6, 0), (m, x) => [m.call(x[0], x[1])]),
        ["Transformer"] = () => With(
            Transformer(4, 2, 1, 2, 6, 0), (m, x) => [m.call(x[0], x[1], null!, Causal())]),
    };

    private static Tensor Causal() => full([3, 3], float.NegativeInfinity).triu(1);

    private static Tensor Padding() => tensor(new[] { false, false, true, false, false, false }, [2, 3]);

    private static PackedSequence Packed(Tensor[] inputs) =>
        pack_padded_sequence(inputs[0], inputs[1], enforce_sorted: false);

    private static Tensor[] Listed((Tensor, Tensor) result) => [result.Item1, result.Item2];

    private static Tensor[] Listed((Tensor, Tensor, Tensor) result) => [result.Item1, result.Item2, result.Item3];

    private static Tensor[] Listed(Tuple<Tensor, Tensor> result) => [result.Item1, result.Item2];
}
