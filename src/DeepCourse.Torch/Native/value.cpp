#include "value.h"

#include <cstdlib>

namespace deepcourse {

at::Scalar scalar_of(const Value& value, const c10::FunctionSchema& schema, size_t index) {
    switch (value.tag) {
        case Tag::Integer: return at::Scalar(value.payload);
        case Tag::Double: return at::Scalar(double_of(value));
        case Tag::Boolean: return at::Scalar(value.payload != 0);
        case Tag::Complex: {
            const double* parts = reinterpret_cast<const double*>(value.payload);
            return at::Scalar(c10::complex<double>(parts[0], parts[1]));
        }
        case Tag::Absent: {
            const auto& fallback = schema.arguments()[index].default_value();
            TORCH_CHECK(fallback, schema.name(), ": argument ", index, " has no default");
            return fallback->toScalar();
        }
        default: TORCH_CHECK(false, schema.name(), ": argument ", index, " must be a number");
    }
}

static bool is_list_of_optional_tensors(const c10::TypePtr& type) {
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

}  // namespace deepcourse
