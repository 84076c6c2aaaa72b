// Differentiation: modes, backward, grad and tensor hooks.
#include "callbacks.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <atomic>
#include <memory>

namespace {

using torch::autograd::variable_list;

variable_list list_of(const TensorHandle* handles, int32_t count) {
    variable_list result;
    result.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) result.push_back(deepcourse::tensor_or_undefined(handles[i]));
    return result;
}

c10::optional<bool> optional_flag(int32_t value) {
    return value < 0 ? c10::optional<bool>() : c10::optional<bool>(value != 0);
}

}  // namespace

DCT_EXPORT int32_t dct_grad_mode() { return c10::GradMode::is_enabled(); }
DCT_EXPORT void dct_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }
DCT_EXPORT int32_t dct_inference_mode() { return c10::InferenceMode::is_enabled(); }

// Entering and leaving must happen on one thread, last in first out.
DCT_EXPORT int dct_enter_inference_mode(int32_t enabled, void** guard) {
    DCT_TRY
    *guard = new c10::InferenceMode(enabled != 0);
    DCT_CATCH
}

DCT_EXPORT int dct_leave_inference_mode(void* guard) {
    DCT_TRY
    delete static_cast<c10::InferenceMode*>(guard);
    DCT_CATCH
}

// 0 off, 1 on, 3 on and looking for NaN. Anomaly mode is one switch for all threads.
DCT_EXPORT int32_t dct_anomaly_mode() {
    using torch::autograd::AnomalyMode;
    return (AnomalyMode::is_enabled() ? 1 : 0) | (AnomalyMode::should_check_nan() ? 2 : 0);
}

DCT_EXPORT int dct_set_anomaly_mode(int32_t enabled, int32_t check_nan) {
    DCT_TRY
    torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0);
    DCT_CATCH
}

// Accumulates gradients into the leaves, or into inputs only. retain_graph < 0: as create_graph says.
DCT_EXPORT int dct_backward(const TensorHandle* tensors, int32_t count, const TensorHandle* gradients,
                            int32_t gradient_count, int32_t retain_graph, int32_t create_graph,
                            const TensorHandle* inputs, int32_t input_count, int64_t* fault) {
    DCT_TRY
    torch::autograd::backward(list_of(tensors, count), list_of(gradients, gradient_count), optional_flag(retain_graph),
                              create_graph != 0, list_of(inputs, input_count));
    DCT_CATCH_FAULT(fault)
}

// Fills one result per input; null where allow_unused let an input be unreached.
DCT_EXPORT int dct_grad(const TensorHandle* outputs, int32_t count, const TensorHandle* inputs, int32_t input_count,
                        const TensorHandle* gradients, int32_t gradient_count, int32_t retain_graph,
                        int32_t create_graph, int32_t allow_unused, TensorHandle* results, int64_t* fault) {
    DCT_TRY
    auto list = torch::autograd::grad(list_of(outputs, count), list_of(inputs, input_count),
                                      list_of(gradients, gradient_count), optional_flag(retain_graph),
                                      create_graph != 0, allow_unused != 0);
    for (size_t i = 0; i < list.size(); i++) results[i] = deepcourse::handle_of(std::move(list[i]));
    DCT_CATCH_FAULT(fault)
}

namespace {

// Answers 0, or the number of a managed exception; replacement stays null when the gradient is to pass unchanged.
using HookCallback = int64_t (*)(void* managed, TensorHandle gradient, TensorHandle* replacement, char* message);

// Shared by the graph, which may outlive the registration, and the registration, which may outlive the graph.
struct Hook {
    HookCallback callback;
    std::atomic<void*> managed;
};

}  // namespace

DCT_EXPORT int dct_register_hook(TensorHandle tensor, HookCallback callback, void* managed, void** registration) {
    DCT_TRY
    auto hook = std::make_shared<Hook>();
    hook->callback = callback;
    hook->managed = managed;
    tensor->register_hook([hook](at::Tensor gradient) -> at::Tensor {
        void* target = hook->managed.load();
        if (!target) return gradient;
        TensorHandle replacement = nullptr;
        deepcourse::call_managed([&](char* message) {
            return hook->callback(target, deepcourse::handle_of(gradient), &replacement, message);
        });
        if (!replacement) return gradient;
        std::unique_ptr<at::Tensor> owned(replacement);
        return *owned;
    });
    *registration = new std::shared_ptr<Hook>(std::move(hook));
    DCT_CATCH
}

// The hook stays in the graph, silent: libtorch finds hooks by position, which moves as others are removed.
DCT_EXPORT void dct_remove_hook(void* registration) {
    auto* hook = static_cast<std::shared_ptr<Hook>*>(registration);
    (*hook)->managed = nullptr;
    delete hook;
}
