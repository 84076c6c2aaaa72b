// The generic door to libtorch's dispatcher: any operator by name, arguments as 16-byte tagged values.
#include "operation.h"

#include <ATen/core/stack.h>
#include <cstdlib>
#include <sstream>

using deepcourse::Operation;
using deepcourse::Shortcut;
using deepcourse::Tag;
using deepcourse::Value;
using deepcourse::result_of;
using deepcourse::value_of;

// Finds an operator ("aten::add", "Tensor"); *operation is null when this libtorch has none of that name.
DCT_EXPORT int dct_operation_find(const char* name, const char* overload, void** operation) {
    DCT_TRY
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    *operation = handle ? new Operation(*handle) : nullptr;
    DCT_CATCH
}

// The operator's schema as text, for error messages and tests. The caller frees it with dct_free.
DCT_EXPORT int dct_operation_schema(void* operation, char** schema) {
    DCT_TRY
    std::ostringstream text;
    text << static_cast<Operation*>(operation)->handle.schema();
    *schema = strdup(text.str().c_str());
    DCT_CATCH
}

// Calls an operator. result_count is the number of slots to fill: the operator's number of results, or 0 to
// drop them all (in-place operators, whose result is their own argument).
DCT_EXPORT int dct_call(void* operation_pointer, const Value* arguments, int32_t count, Value* results, int32_t result_count) {
    DCT_TRY
    auto& operation = *static_cast<Operation*>(operation_pointer);
    if (operation.shortcut != Shortcut::None && operation.call_shortcut(arguments, count, results, result_count)) return 0;

    const auto& schema = operation.handle.schema();
    const auto& parameters = schema.arguments();
    TORCH_CHECK(count <= static_cast<int32_t>(parameters.size()), schema.name(), " takes ", parameters.size(),
                " arguments in this libtorch, not ", count);
    torch::jit::Stack stack;
    stack.reserve(parameters.size());
    const Value absent{0, Tag::Absent, 0};
    for (size_t i = 0; i < parameters.size(); i++)
        stack.push_back(value_of(static_cast<int32_t>(i) < count ? arguments[i] : absent, parameters[i]));
    operation.handle.callBoxed(&stack);
    if (result_count == 0) return 0;
    TORCH_CHECK(static_cast<int32_t>(stack.size()) == result_count, schema.name(), " returned ", stack.size(),
                " values where ", result_count, " were expected");
    for (int32_t i = 0; i < result_count; i++) results[i] = result_of(std::move(stack[i]));
    DCT_CATCH
}

DCT_EXPORT void dct_free(void* memory) { std::free(memory); }
