// The generic door to libtorch's dispatcher: any operator by name, arguments as 16-byte tagged values.
#include "shim.h"

#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace {

enum class Tag : int32_t {
    Absent = 0,  // take the schema's default
    None,
    Tensor,
    Integer,
    Double,
    Boolean,
    Complex,  // payload points to two doubles
    Integers,
    Doubles,
    Booleans,
    Tensors,  // payload points to handles; a null handle is None
    Text,
    Device,     // payload = type << 32 | (uint32)index
    Generator,  // payload is at::Generator*
};

struct Value {
    int64_t payload;
    Tag tag;
    int32_t length;
};
static_assert(sizeof(Value) == 16, "Interop.Argument has the same layout");

// Unboxed shortcuts for the signatures that make up most calls: they skip the stack of IValues.
enum class Shortcut { None, Unary, Binary, BinaryScaled, InPlaceUnary, InPlaceBinary, InPlaceBinaryScaled, WithScalar, InPlaceWithScalar };

using UnaryHandle = c10::TypedOperatorHandle<at::Tensor(const at::Tensor&)>;
using BinaryHandle = c10::TypedOperatorHandle<at::Tensor(const at::Tensor&, const at::Tensor&)>;
using ScaledHandle = c10::TypedOperatorHandle<at::Tensor(const at::Tensor&, const at::Tensor&, const at::Scalar&)>;
using ScalarHandle = c10::TypedOperatorHandle<at::Tensor(const at::Tensor&, const at::Scalar&)>;
using InPlaceUnaryHandle = c10::TypedOperatorHandle<at::Tensor&(at::Tensor&)>;
using InPlaceBinaryHandle = c10::TypedOperatorHandle<at::Tensor&(at::Tensor&, const at::Tensor&)>;
using InPlaceScaledHandle = c10::TypedOperatorHandle<at::Tensor&(at::Tensor&, const at::Tensor&, const at::Scalar&)>;
using InPlaceScalarHandle = c10::TypedOperatorHandle<at::Tensor&(at::Tensor&, const at::Scalar&)>;

struct Operation {
    c10::OperatorHandle handle;
    Shortcut shortcut = Shortcut::None;
    deepcourse::Optional<UnaryHandle> unary;
    deepcourse::Optional<BinaryHandle> binary;
    deepcourse::Optional<ScaledHandle> scaled;
    deepcourse::Optional<ScalarHandle> with_scalar;
    deepcourse::Optional<InPlaceUnaryHandle> in_place_unary;
    deepcourse::Optional<InPlaceBinaryHandle> in_place_binary;
    deepcourse::Optional<InPlaceScaledHandle> in_place_scaled;
    deepcourse::Optional<InPlaceScalarHandle> in_place_scalar;

    explicit Operation(c10::OperatorHandle op) : handle(std::move(op)) { choose_shortcut(); }

    template <class Typed, class Signature>
    bool try_typed(deepcourse::Optional<Typed>& slot) {
        try {
            slot.emplace(handle.typed<Signature>());
            return true;
        } catch (...) {
            return false;  // registered under another C++ signature: the boxed way always works
        }
    }

    void choose_shortcut() {
        const auto& schema = handle.schema();
        const auto& arguments = schema.arguments();
        if (schema.returns().size() != 1 || schema.returns()[0].type()->kind() != c10::TypeKind::TensorType) return;
        std::string kinds;
        for (const auto& argument : arguments) {
            auto kind = argument.type()->kind();
            kinds += kind == c10::TypeKind::TensorType ? 'T' : kind == c10::TypeKind::NumberType ? 'S' : '?';
        }
        if (kinds.empty() || kinds[0] != 'T') return;
        const bool in_place = arguments[0].alias_info() && arguments[0].alias_info()->isWrite();
        for (size_t i = 1; i < arguments.size(); i++)
            if (arguments[i].alias_info()) return;
        if (!in_place) {
            if (kinds == "T" && try_typed<UnaryHandle, at::Tensor(const at::Tensor&)>(unary)) shortcut = Shortcut::Unary;
            if (kinds == "TT" && try_typed<BinaryHandle, at::Tensor(const at::Tensor&, const at::Tensor&)>(binary)) shortcut = Shortcut::Binary;
            if (kinds == "TTS" && try_typed<ScaledHandle, at::Tensor(const at::Tensor&, const at::Tensor&, const at::Scalar&)>(scaled)) shortcut = Shortcut::BinaryScaled;
            if (kinds == "TS" && try_typed<ScalarHandle, at::Tensor(const at::Tensor&, const at::Scalar&)>(with_scalar)) shortcut = Shortcut::WithScalar;
        } else {
            if (kinds == "T" && try_typed<InPlaceUnaryHandle, at::Tensor&(at::Tensor&)>(in_place_unary)) shortcut = Shortcut::InPlaceUnary;
            if (kinds == "TT" && try_typed<InPlaceBinaryHandle, at::Tensor&(at::Tensor&, const at::Tensor&)>(in_place_binary)) shortcut = Shortcut::InPlaceBinary;
            if (kinds == "TTS" && try_typed<InPlaceScaledHandle, at::Tensor&(at::Tensor&, const at::Tensor&, const at::Scalar&)>(in_place_scaled)) shortcut = Shortcut::InPlaceBinaryScaled;
            if (kinds == "TS" && try_typed<InPlaceScalarHandle, at::Tensor&(at::Tensor&, const at::Scalar&)>(in_place_scalar)) shortcut = Shortcut::InPlaceWithScalar;
        }
    }
};

const at::Tensor& tensor_of(const Value& value) { return *reinterpret_cast<const at::Tensor*>(value.payload); }
at::Tensor& mutable_tensor_of(const Value& value) { return *reinterpret_cast<at::Tensor*>(value.payload); }

double double_of(const Value& value) {
    double result;
    std::memcpy(&result, &value.payload, sizeof result);
    return result;
}

at::Scalar scalar_of(const Value& value, const Operation& operation, size_t index) {
    switch (value.tag) {
        case Tag::Integer: return at::Scalar(value.payload);
        case Tag::Double: return at::Scalar(double_of(value));
        case Tag::Boolean: return at::Scalar(value.payload != 0);
        case Tag::Complex: {
            const double* parts = reinterpret_cast<const double*>(value.payload);
            return at::Scalar(c10::complex<double>(parts[0], parts[1]));
        }
        case Tag::Absent: {
            const auto& fallback = operation.handle.schema().arguments()[index].default_value();
            TORCH_CHECK(fallback, operation.handle.schema().name(), ": argument ", index, " has no default");
            return fallback->toScalar();
        }
        default: TORCH_CHECK(false, operation.handle.schema().name(), ": argument ", index, " must be a number");
    }
}

bool is_list_of_optional_tensors(const c10::TypePtr& type) {
    auto list = type->cast<c10::ListType>();
    return list && list->getElementType()->kind() == c10::TypeKind::OptionalType;
}

c10::IValue value_of(const Value& value, const c10::Argument& argument) {
    switch (value.tag) {
        case Tag::Absent: {
            const auto& fallback = argument.default_value();
            if (fallback) return *fallback;
            if (argument.type()->kind() == c10::TypeKind::OptionalType) return c10::IValue();
            TORCH_CHECK(false, "argument '", argument.name(), "' has no default value and was not given");
        }
        case Tag::None: return c10::IValue();
        case Tag::Tensor: return tensor_of(value);
        case Tag::Integer: return c10::IValue(value.payload);
        case Tag::Double: return c10::IValue(double_of(value));
        case Tag::Boolean: return c10::IValue(value.payload != 0);
        case Tag::Complex: {
            const double* parts = reinterpret_cast<const double*>(value.payload);
            return c10::IValue(c10::complex<double>(parts[0], parts[1]));
        }
        case Tag::Integers: {
            const int64_t* items = reinterpret_cast<const int64_t*>(value.payload);
            return c10::IValue(c10::List<int64_t>(at::IntArrayRef(items, value.length)));
        }
        case Tag::Doubles: {
            const double* items = reinterpret_cast<const double*>(value.payload);
            return c10::IValue(c10::List<double>(at::ArrayRef<double>(items, value.length)));
        }
        case Tag::Booleans: {
            const bool* items = reinterpret_cast<const bool*>(value.payload);
            c10::List<bool> list;
            list.reserve(value.length);
            for (int32_t i = 0; i < value.length; i++) list.push_back(items[i]);
            return c10::IValue(std::move(list));
        }
        case Tag::Tensors: {
            const TensorHandle* items = reinterpret_cast<const TensorHandle*>(value.payload);
            if (is_list_of_optional_tensors(argument.type())) {
                c10::List<deepcourse::Optional<at::Tensor>> list;
                list.reserve(value.length);
                for (int32_t i = 0; i < value.length; i++)
                    list.push_back(items[i] ? deepcourse::Optional<at::Tensor>(*items[i]) : deepcourse::nothing);
                return c10::IValue(std::move(list));
            }
            c10::List<at::Tensor> list;
            list.reserve(value.length);
            for (int32_t i = 0; i < value.length; i++) list.push_back(deepcourse::tensor_or_undefined(items[i]));
            return c10::IValue(std::move(list));
        }
        case Tag::Text: return c10::IValue(std::string(reinterpret_cast<const char*>(value.payload), value.length));
        case Tag::Device:
            return c10::IValue(c10::Device(static_cast<c10::DeviceType>(value.payload >> 32),
                                           static_cast<c10::DeviceIndex>(static_cast<int32_t>(value.payload))));
        case Tag::Generator: return c10::IValue(*reinterpret_cast<at::Generator*>(value.payload));
    }
    TORCH_CHECK(false, "unknown argument tag ", static_cast<int32_t>(value.tag));
}

// The size of a result in KiB rides along, so that the managed side can judge memory nobody disposes.
Value result_of(at::Tensor tensor) {
    if (!tensor.defined()) return Value{0, Tag::None, 0};
    const int64_t kibibytes = tensor.has_storage() ? static_cast<int64_t>(tensor.storage().nbytes() >> 10) : 0;
    return Value{reinterpret_cast<int64_t>(new at::Tensor(std::move(tensor))), Tag::Tensor,
                 static_cast<int32_t>(std::min<int64_t>(kibibytes, INT32_MAX))};
}

Value result_of(c10::IValue&& value) {
    if (value.isTensor()) return result_of(std::move(value).toTensor());
    if (value.isInt()) return Value{value.toInt(), Tag::Integer, 0};
    if (value.isBool()) return Value{value.toBool(), Tag::Boolean, 0};
    if (value.isNone()) return Value{0, Tag::None, 0};
    if (value.isDouble()) {
        Value result{0, Tag::Double, 0};
        double number = value.toDouble();
        std::memcpy(&result.payload, &number, sizeof number);
        return result;
    }
    if (value.isTensorList()) {
        auto tensors = value.toTensorVector();
        auto** handles = static_cast<TensorHandle*>(std::malloc(sizeof(TensorHandle) * std::max<size_t>(tensors.size(), 1)));
        for (size_t i = 0; i < tensors.size(); i++) handles[i] = deepcourse::handle_of(std::move(tensors[i]));
        return Value{reinterpret_cast<int64_t>(handles), Tag::Tensors, static_cast<int32_t>(tensors.size())};
    }
    if (value.isComplexDouble()) {
        auto* parts = static_cast<double*>(std::malloc(2 * sizeof(double)));
        parts[0] = value.toComplexDouble().real();
        parts[1] = value.toComplexDouble().imag();
        return Value{reinterpret_cast<int64_t>(parts), Tag::Complex, 2};
    }
    TORCH_CHECK(false, "a result of type ", value.tagKind(), " cannot cross to managed code");
}

bool call_shortcut(Operation& operation, const Value* arguments, int32_t count, Value* results, int32_t result_count) {
    const bool binary = count >= 2 && arguments[0].tag == Tag::Tensor && arguments[1].tag == Tag::Tensor;
    const bool unary = count == 1 && arguments[0].tag == Tag::Tensor;
    switch (operation.shortcut) {
        case Shortcut::Unary:
            if (!unary) return false;
            results[0] = result_of(operation.unary->call(tensor_of(arguments[0])));
            return true;
        case Shortcut::Binary:
            if (!binary) return false;
            results[0] = result_of(operation.binary->call(tensor_of(arguments[0]), tensor_of(arguments[1])));
            return true;
        case Shortcut::BinaryScaled: {
            if (!binary) return false;
            const Value absent{0, Tag::Absent, 0};
            const auto alpha = scalar_of(count > 2 ? arguments[2] : absent, operation, 2);
            results[0] = result_of(operation.scaled->call(tensor_of(arguments[0]), tensor_of(arguments[1]), alpha));
            return true;
        }
        case Shortcut::WithScalar:
            if (count != 2 || arguments[0].tag != Tag::Tensor) return false;
            results[0] = result_of(operation.with_scalar->call(tensor_of(arguments[0]), scalar_of(arguments[1], operation, 1)));
            return true;
        case Shortcut::InPlaceUnary:
            if (!unary || result_count) return false;
            operation.in_place_unary->call(mutable_tensor_of(arguments[0]));
            return true;
        case Shortcut::InPlaceBinary:
            if (!binary || result_count) return false;
            operation.in_place_binary->call(mutable_tensor_of(arguments[0]), tensor_of(arguments[1]));
            return true;
        case Shortcut::InPlaceBinaryScaled: {
            if (!binary || result_count) return false;
            const Value absent{0, Tag::Absent, 0};
            const auto alpha = scalar_of(count > 2 ? arguments[2] : absent, operation, 2);
            operation.in_place_scaled->call(mutable_tensor_of(arguments[0]), tensor_of(arguments[1]), alpha);
            return true;
        }
        case Shortcut::InPlaceWithScalar:
            if (count != 2 || arguments[0].tag != Tag::Tensor || result_count) return false;
            operation.in_place_scalar->call(mutable_tensor_of(arguments[0]), scalar_of(arguments[1], operation, 1));
            return true;
        default: return false;
    }
}

}  // namespace

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
    if (operation.shortcut != Shortcut::None && call_shortcut(operation, arguments, count, results, result_count)) return 0;

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
