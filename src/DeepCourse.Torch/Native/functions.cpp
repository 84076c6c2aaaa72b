// Functions differentiated by managed code (torch.autograd.Function).
#include "callbacks.h"

#include <torch/csrc/autograd/custom_function.h>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Both answer 0 or the number of a managed exception, and push their results into list.
using ForwardCallback = int64_t (*)(void* managed, AutogradContext* context, variable_list* list, char* message);
using BackwardCallback = int64_t (*)(void* managed, AutogradContext* context, const TensorHandle* gradients,
                                     int32_t count, variable_list* list, char* message);
using ReleaseCallback = void (*)(void* managed);

struct FunctionCall {
    void* managed;
    ForwardCallback forward;
    BackwardCallback backward;
    ReleaseCallback release;
};

// Lives in the graph node: the managed object of the call is let go with it.
struct ManagedCall : torch::CustomClassHolder {
    explicit ManagedCall(const FunctionCall& call) : call(call) {}
    ~ManagedCall() override { call.release(call.managed); }

    const FunctionCall call;
};

constexpr const char* key = "deepcourse.call";

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
    static variable_list forward(AutogradContext* context, at::TensorList, c10::intrusive_ptr<ManagedCall> holder) {
        context->saved_data[key] = c10::IValue::make_capsule(holder);
        variable_list results;
        const FunctionCall& call = holder->call;
        deepcourse::call_managed([&](char* message) { return call.forward(call.managed, context, &results, message); });
        return results;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto capsule = context->saved_data[key].toCapsule();
        const FunctionCall& call = static_cast<ManagedCall*>(capsule.get())->call;
        std::vector<TensorHandle> handles;
        for (auto& gradient : gradients) handles.push_back(deepcourse::handle_of(std::move(gradient)));
        variable_list results;
        deepcourse::call_managed([&](char* message) {
            return call.backward(call.managed, context, handles.data(), static_cast<int32_t>(handles.size()), &results, message);
        });
        results.emplace_back();  // for the holder, which is an argument to the engine
        return results;
    }
};

}  // namespace

// Runs forward without recording, and ties its results to inputs through backward. Results go to sink by callback.
DCT_EXPORT int dct_apply_function(const TensorHandle* inputs, int32_t count, const FunctionCall* call,
                                  void (*sink)(void* managed, TensorHandle result), int64_t* fault) {
    DCT_TRY
    auto holder = c10::make_intrusive<ManagedCall>(*call);
    variable_list list;
    for (int32_t i = 0; i < count; i++) list.push_back(*inputs[i]);
    at::TensorList arguments(list);
    for (auto& result : ManagedFunction::apply(arguments, holder)) sink(call->managed, deepcourse::handle_of(std::move(result)));
    DCT_CATCH_FAULT(fault)
}

DCT_EXPORT int dct_list_push(variable_list* list, TensorHandle tensor) {
    DCT_TRY
    list->push_back(deepcourse::tensor_or_undefined(tensor));
    DCT_CATCH
}

DCT_EXPORT int dct_context_save(AutogradContext* context, const TensorHandle* tensors, int32_t count) {
    DCT_TRY
    variable_list list;
    for (int32_t i = 0; i < count; i++) list.push_back(deepcourse::tensor_or_undefined(tensors[i]));
    context->save_for_backward(std::move(list));
    DCT_CATCH
}

DCT_EXPORT int dct_context_saved(AutogradContext* context, void* managed, void (*sink)(void* managed, TensorHandle result)) {
    DCT_TRY
    for (auto& tensor : context->get_saved_variables()) sink(managed, deepcourse::handle_of(std::move(tensor)));
    DCT_CATCH
}

// role 0: changed in place, 1: not differentiable
DCT_EXPORT int dct_context_mark(AutogradContext* context, const TensorHandle* tensors, int32_t count, int32_t role) {
    DCT_TRY
    variable_list list;
    for (int32_t i = 0; i < count; i++) list.push_back(*tensors[i]);
    if (role == 0) context->mark_dirty(list);
    else context->mark_non_differentiable(list);
    DCT_CATCH
}

DCT_EXPORT int dct_context_materialize(AutogradContext* context, int32_t value) {
    DCT_TRY
    context->set_materialize_grads(value != 0);
    DCT_CATCH
}
