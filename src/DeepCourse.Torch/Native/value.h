// What goes through the door: 16-byte tagged values, and what they are to libtorch.
#pragma once

#include "shim.h"

#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>
#include <algorithm>
#include <cstring>

namespace deepcourse {

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

inline const at::Tensor& tensor_of(const Value& value) { return *reinterpret_cast<const at::Tensor*>(value.payload); }
inline at::Tensor& mutable_tensor_of(const Value& value) { return *reinterpret_cast<at::Tensor*>(value.payload); }

inline double double_of(const Value& value) {
    double result;
    std::memcpy(&result, &value.payload, sizeof result);
    return result;
}

// A number; what is absent has the default of the schema.
at::Scalar scalar_of(const Value& value, const c10::FunctionSchema& schema, size_t index);

// An argument as the schema wants it.
c10::IValue value_of(const Value& value, const c10::Argument& argument);

// The size of a result in KiB rides along, so that the managed side can judge memory nobody disposes.
inline Value result_of(at::Tensor tensor) {
    if (!tensor.defined()) return Value{0, Tag::None, 0};
    const int64_t kibibytes = tensor.has_storage() ? static_cast<int64_t>(tensor.storage().nbytes() >> 10) : 0;
    return Value{reinterpret_cast<int64_t>(new at::Tensor(std::move(tensor))), Tag::Tensor,
                 static_cast<int32_t>(std::min<int64_t>(kibibytes, INT32_MAX))};
}

// Any result; memory that it points to is freed with dct_free.
Value result_of(c10::IValue&& value);

}  // namespace deepcourse
