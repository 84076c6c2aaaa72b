// GELU on the CPU (Hendrycks and Gimpel 2016), where libtorch 1.13 has two flaws. It hands contiguous tensors to oneDNN and
// leaves all others, channels-last ones too, to a kernel ten times as slow. And it takes the gradient for contiguous
// whenever the input is, so that one that comes from a transposition gives numbers from elsewhere in memory.
#include "shim.h"

#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

const char* formula_of(bool tanh) { return tanh ? "tanh" : "none"; }

bool is_channels_last(const at::Tensor& input) {
    return input.dim() == 4 && !input.is_contiguous() && input.is_contiguous(at::MemoryFormat::ChannelsLast);
}

// [batch, channels, height, width] to [batch, height, width, channels], and back.
at::Tensor rows_of(const at::Tensor& images) { return images.permute({0, 2, 3, 1}); }
at::Tensor images_of(const at::Tensor& rows) { return rows.permute({0, 3, 1, 2}); }

struct Gelu : torch::autograd::Function<Gelu> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& input, bool tanh) {
        at::AutoDispatchBelowADInplaceOrView below;
        context->save_for_backward({input});
        context->saved_data["tanh"] = tanh;
        return is_channels_last(input) ? images_of(at::gelu(rows_of(input), formula_of(tanh))) : at::gelu(input, formula_of(tanh));
    }

    // In operations of the graph, so that a gradient of the gradient can be taken.
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto input = context->get_saved_variables()[0];
        const auto formula = formula_of(context->saved_data["tanh"].toBool());
        if (is_channels_last(input))
            return {images_of(at::gelu_backward(rows_of(gradients[0]).contiguous(), rows_of(input), formula)), at::Tensor()};
        return {at::gelu_backward(gradients[0].contiguous(), input, formula), at::Tensor()};
    }
};

}  // namespace

// input: any floating point tensor on the CPU; tanh: the cheaper formula.
DCT_EXPORT int dct_gelu(TensorHandle input, int32_t tanh, TensorHandle* result) {
    DCT_TRY
    *result = deepcourse::handle_of(Gelu::apply(*input, tanh != 0));
    DCT_CATCH
}
