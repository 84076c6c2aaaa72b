// One layer of a long short-term memory over a whole sequence on the CPU (Hochreiter and Schmidhuber 1997), as one
// function of the graph. What a general engine does step by step is done once for all steps here: the product with the
// inputs, and in the backward pass the products that give the weights' gradients. The rest of a step is one product and
// one pass over memory.
#include "shim.h"
#include "vector_math.h"

#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/custom_function.h>

namespace {

using deepcourse::BFloat16Bits;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// The gates of one row, in the order input, forget, cell, output: products become activations, in place of the
// inputs' product where types allow.
template <class T>
struct Row {
    const T* from_input;
    const T* from_hidden;
    const float* bias;
    const float* cell_before;
    float* gates;
    float* cell;
    float* hidden;
    T* hidden_narrow;
};

template <class T>
DCT_INLINE void forward_row(const Row<T>& row, int64_t size) {
    const T* __restrict x = row.from_input;
    const T* __restrict r = row.from_hidden;
    const float* __restrict b = row.bias;
    float* __restrict g = row.gates;
    for (int64_t j = 0; j < size; j++) {
        using namespace deepcourse;
        const float i = sigmoid(widen(x[j]) + widen(r[j]) + b[j]);
        const float f = sigmoid(widen(x[size + j]) + widen(r[size + j]) + b[size + j]);
        const float z = hyperbolic_tangent(widen(x[2 * size + j]) + widen(r[2 * size + j]) + b[2 * size + j]);
        const float o = sigmoid(widen(x[3 * size + j]) + widen(r[3 * size + j]) + b[3 * size + j]);
        const float c = f * row.cell_before[j] + i * z;
        const float h = o * hyperbolic_tangent(c);
        g[j] = i;
        g[size + j] = f;
        g[2 * size + j] = z;
        g[3 * size + j] = o;
        row.cell[j] = c;
        row.hidden[j] = h;
        store(h, row.hidden_narrow[j]);
    }
}

DCT_CLONES void forward_row_float(const Row<float>& row, int64_t size) { forward_row(row, size); }
DCT_CLONES void forward_row_narrow(const Row<BFloat16Bits>& row, int64_t size) { forward_row(row, size); }
void forward_any(const Row<float>& row, int64_t size) { forward_row_float(row, size); }
void forward_any(const Row<BFloat16Bits>& row, int64_t size) { forward_row_narrow(row, size); }

template <class T>
struct BackwardRow {
    const float* gates;
    const float* cell;
    const float* cell_before;
    const float* output_gradient;
    const T* hidden_gradient;
    float* cell_gradient;
    T* gate_gradients;
};

template <class T>
DCT_INLINE void backward_row(const BackwardRow<T>& row, int64_t size) {
    const float* __restrict g = row.gates;
    T* __restrict d = row.gate_gradients;
    for (int64_t j = 0; j < size; j++) {
        using namespace deepcourse;
        const float i = g[j], f = g[size + j], z = g[2 * size + j], o = g[3 * size + j];
        const float t = hyperbolic_tangent(row.cell[j]);
        const float dh = row.output_gradient[j] + widen(row.hidden_gradient[j]);
        const float dc = row.cell_gradient[j] + dh * o * (1.0f - t * t);
        store(dc * z * i * (1.0f - i), d[j]);
        store(dc * row.cell_before[j] * f * (1.0f - f), d[size + j]);
        store(dc * i * (1.0f - z * z), d[2 * size + j]);
        store(dh * t * o * (1.0f - o), d[3 * size + j]);
        row.cell_gradient[j] = dc * f;
    }
}

DCT_CLONES void backward_row_float(const BackwardRow<float>& row, int64_t size) { backward_row(row, size); }
DCT_CLONES void backward_row_narrow(const BackwardRow<BFloat16Bits>& row, int64_t size) { backward_row(row, size); }
void backward_any(const BackwardRow<float>& row, int64_t size) { backward_row_float(row, size); }
void backward_any(const BackwardRow<BFloat16Bits>& row, int64_t size) { backward_row_narrow(row, size); }

// Rows for which a thread is worth waking: a row of 512 is about a microsecond, and threads that wait for the next step
// are awake.
int64_t grain(int64_t size) { return std::max<int64_t>(1, 4096 / std::max<int64_t>(1, size)); }

template <class T>
T* data_of(const at::Tensor& tensor) {
    return static_cast<T*>(tensor.data_ptr());
}

struct Shape {
    explicit Shape(const at::Tensor& input, const at::Tensor& weight_hidden)
        : steps(input.size(0)), batch(input.size(1)), inputs(input.size(2)), size(weight_hidden.size(1)) {}

    const int64_t steps, batch, inputs, size;
};

template <class T>
void run_forward(const Shape& shape, const at::Tensor& from_input, const at::Tensor& recurrent, const at::Tensor& bias,
                 const at::Tensor& hidden_before, const at::Tensor& cell_before, const at::Tensor& gates,
                 const at::Tensor& cells, const at::Tensor& output) {
    const auto narrow = from_input.scalar_type();
    auto last = hidden_before.to(narrow).clone();
    auto product = at::empty({shape.batch, 4 * shape.size}, from_input.options());
    const auto transposed = recurrent.t();
    const int64_t step = shape.batch * shape.size;
    for (int64_t t = 0; t < shape.steps; t++) {
        at::mm_out(product, last, transposed);
        const float* before = t == 0 ? data_of<float>(cell_before) : data_of<float>(cells) + (t - 1) * step;
        at::parallel_for(0, shape.batch, grain(shape.size), [&](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end; row++) {
                const int64_t at = row * shape.size, at4 = row * 4 * shape.size;
                forward_any(Row<T>{data_of<T>(from_input) + 4 * t * step + at4, data_of<T>(product) + at4, data_of<float>(bias), before + at,
                                   data_of<float>(gates) + 4 * t * step + at4, data_of<float>(cells) + t * step + at,
                                   data_of<float>(output) + t * step + at, data_of<T>(last) + at},
                            shape.size);
            }
        });
    }
}

template <class T>
void run_backward(const Shape& shape, const at::Tensor& gates, const at::Tensor& cells, const at::Tensor& cell_before,
                  const at::Tensor& output_gradient, const at::Tensor& recurrent, const at::Tensor& gate_gradients,
                  const at::Tensor& hidden_gradient, const at::Tensor& cell_gradient) {
    const int64_t step = shape.batch * shape.size;
    for (int64_t t = shape.steps - 1; t >= 0; t--) {
        const float* before = t == 0 ? data_of<float>(cell_before) : data_of<float>(cells) + (t - 1) * step;
        at::parallel_for(0, shape.batch, grain(shape.size), [&](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end; row++) {
                const int64_t at = row * shape.size, at4 = row * 4 * shape.size;
                backward_any(BackwardRow<T>{data_of<float>(gates) + 4 * t * step + at4, data_of<float>(cells) + t * step + at,
                                            before + at, data_of<float>(output_gradient) + t * step + at,
                                            data_of<T>(hidden_gradient) + at, data_of<float>(cell_gradient) + at,
                                            data_of<T>(gate_gradients) + 4 * t * step + at4},
                             shape.size);
            }
        });
        auto target = hidden_gradient;
        at::mm_out(target, gate_gradients.select(0, t), recurrent);
    }
}

struct LstmSequence : torch::autograd::Function<LstmSequence> {
    static variable_list forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& hidden,
                                 const at::Tensor& cell, const at::Tensor& weight_input,
                                 const at::Tensor& weight_hidden, const at::Tensor& bias_input,
                                 const at::Tensor& bias_hidden, bool narrow) {
        const Shape shape(input, weight_hidden);
        const auto type = narrow ? at::kBFloat16 : at::kFloat;
        const auto x = input.detach().to(type).contiguous();
        const auto before = cell.detach().contiguous();
        const auto recurrent = weight_hidden.detach().to(type).contiguous();
        const auto bias = (bias_input.detach() + bias_hidden.detach()).contiguous();
        const auto from_input = at::mm(x.view({-1, shape.inputs}), weight_input.detach().to(type).t());
        const auto plain = at::TensorOptions().dtype(at::kFloat);
        auto gates = at::empty({shape.steps, shape.batch, 4 * shape.size}, plain);
        auto cells = at::empty({shape.steps, shape.batch, shape.size}, plain);
        auto output = at::empty({shape.steps, shape.batch, shape.size}, plain);
        if (narrow)
            run_forward<BFloat16Bits>(shape, from_input, recurrent, bias, hidden.detach().contiguous(), before, gates, cells, output);
        else
            run_forward<float>(shape, from_input, recurrent, bias, hidden.detach().contiguous(), before, gates, cells, output);
        context->save_for_backward({x, hidden.detach(), before, weight_input, weight_hidden, gates, cells, output});
        context->saved_data["narrow"] = narrow;
        // Copies, because a view of an output would share its version with it.
        return {output, output.select(0, shape.steps - 1).clone(), cells.select(0, shape.steps - 1).clone()};
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &hidden = saved[1], &before = saved[2], &weight_input = saved[3], &weight_hidden = saved[4],
                   &gates = saved[5], &cells = saved[6], &output = saved[7];
        const bool narrow = context->saved_data["narrow"].toBool();
        const Shape shape(x, weight_hidden);
        const auto type = narrow ? at::kBFloat16 : at::kFloat;
        const auto recurrent = weight_hidden.to(type).contiguous();
        const auto output_gradient = gradients[0].defined() ? gradients[0].contiguous() : at::zeros_like(output);
        auto hidden_gradient = gradients[1].defined() ? gradients[1].to(type).clone() : at::zeros({shape.batch, shape.size}, x.options());
        auto cell_gradient = gradients[2].defined() ? gradients[2].clone() : at::zeros({shape.batch, shape.size}, output.options());
        hidden_gradient = hidden_gradient.contiguous();
        cell_gradient = cell_gradient.contiguous();
        auto gate_gradients = at::empty({shape.steps, shape.batch, 4 * shape.size}, x.options());
        if (narrow)
            run_backward<BFloat16Bits>(shape, gates, cells, before, output_gradient, recurrent, gate_gradients, hidden_gradient, cell_gradient);
        else
            run_backward<float>(shape, gates, cells, before, output_gradient, recurrent, gate_gradients, hidden_gradient, cell_gradient);

        const auto flat = gate_gradients.view({-1, 4 * shape.size});
        const auto transposed = flat.t();
        const auto earlier = at::cat({hidden.unsqueeze(0), output.narrow(0, 0, shape.steps - 1)}).to(type).view({-1, shape.size});
        at::Tensor input_gradient, weight_input_gradient;
        if (context->needs_input_grad(0)) input_gradient = at::mm(flat, weight_input.to(type)).view(x.sizes()).to(at::kFloat);
        if (context->needs_input_grad(3)) weight_input_gradient = at::mm(transposed, x.view({-1, shape.inputs})).to(at::kFloat);
        const auto weight_hidden_gradient = at::mm(transposed, earlier).to(at::kFloat);
        const auto bias_gradient = at::sum(flat, {0}, false, at::kFloat);
        return {input_gradient, hidden_gradient.to(at::kFloat), cell_gradient, weight_input_gradient, weight_hidden_gradient,
                bias_gradient, bias_gradient, at::Tensor()};
    }
};

// The kernels go through memory by these sizes, whatever the tensors say.
void check_arguments(const TensorHandle* arguments) {
    const at::Tensor &input = *arguments[0], &weight_hidden = *arguments[4];
    TORCH_CHECK(input.dim() == 3 && weight_hidden.dim() == 2, "lstm: expected input [steps, batch, inputs] and weight_hh [4 * size, size], found ",
                input.sizes(), " and ", weight_hidden.sizes());
    const int64_t batch = input.size(1), inputs = input.size(2), size = weight_hidden.size(1);
    const std::vector<int64_t> shapes[] = {input.sizes().vec(), {batch, size}, {batch, size}, {4 * size, inputs}, {4 * size, size}, {4 * size}, {4 * size}};
    const char* names[] = {"input", "hidden", "cell", "weight_ih", "weight_hh", "bias_ih", "bias_hh"};
    for (int index = 0; index < 7; index++) {
        const at::Tensor& argument = *arguments[index];
        TORCH_CHECK(argument.sizes() == shapes[index], "lstm: expected ", names[index], " ", at::IntArrayRef(shapes[index]), ", found ", argument.sizes());
        TORCH_CHECK(argument.scalar_type() == at::kFloat && argument.device().is_cpu(), "lstm: expected ", names[index],
                    " in float32 on the CPU, found ", argument.scalar_type(), " on ", argument.device());
    }
}

}  // namespace

// arguments: input [steps, batch, inputs], hidden and cell [batch, size], weight_ih, weight_hh, bias_ih, bias_hh, all
// float32 on the CPU. results: output [steps, batch, size], hidden, cell. Matrix products are bfloat16 with narrow.
DCT_EXPORT int dct_lstm_sequence(const TensorHandle* arguments, int32_t narrow, TensorHandle* results) {
    DCT_TRY
    check_arguments(arguments);
    c10::impl::ExcludeDispatchKeyGuard as_typed(c10::DispatchKey::AutocastCPU);
    auto outputs = LstmSequence::apply(*arguments[0], *arguments[1], *arguments[2], *arguments[3], *arguments[4],
                                       *arguments[5], *arguments[6], narrow != 0);
    for (int index = 0; index < 3; index++) results[index] = deepcourse::handle_of(std::move(outputs[index]));
    DCT_CATCH
}
