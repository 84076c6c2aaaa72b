// An operator that was found, with the shortest way to call it.
#pragma once

#include "value.h"

#include <ATen/core/dispatch/Dispatcher.h>

namespace deepcourse {

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

    // Calls without the stack of IValues; false where the arguments are not of the shortcut's kind.
    bool call_shortcut(const Value* arguments, int32_t count, Value* results, int32_t result_count) const;

private:
    template <class Typed, class Signature>
    bool try_typed(deepcourse::Optional<Typed>& slot) {
        try {
            slot.emplace(handle.typed<Signature>());
            return true;
        } catch (...) {
            return false;  // registered under another C++ signature: the boxed way always works
        }
    }

    void choose_shortcut();
};

}  // namespace deepcourse
