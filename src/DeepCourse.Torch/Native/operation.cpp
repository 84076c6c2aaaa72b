#include "operation.h"

namespace deepcourse {

void Operation::choose_shortcut() {
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

bool Operation::call_shortcut(const Value* arguments, int32_t count, Value* results, int32_t result_count) const {
    const bool two_tensors = count >= 2 && arguments[0].tag == Tag::Tensor && arguments[1].tag == Tag::Tensor;
    const bool one_tensor = count == 1 && arguments[0].tag == Tag::Tensor;
    switch (shortcut) {
        case Shortcut::Unary:
            if (!one_tensor) return false;
            results[0] = result_of(unary->call(tensor_of(arguments[0])));
            return true;
        case Shortcut::Binary:
            if (!two_tensors) return false;
            results[0] = result_of(binary->call(tensor_of(arguments[0]), tensor_of(arguments[1])));
            return true;
        case Shortcut::BinaryScaled: {
            if (!two_tensors) return false;
            const Value absent{0, Tag::Absent, 0};
            const auto alpha = scalar_of(count > 2 ? arguments[2] : absent, handle.schema(), 2);
            results[0] = result_of(scaled->call(tensor_of(arguments[0]), tensor_of(arguments[1]), alpha));
            return true;
        }
        case Shortcut::WithScalar:
            if (count != 2 || arguments[0].tag != Tag::Tensor) return false;
            results[0] = result_of(with_scalar->call(tensor_of(arguments[0]), scalar_of(arguments[1], handle.schema(), 1)));
            return true;
        case Shortcut::InPlaceUnary:
            if (!one_tensor || result_count) return false;
            in_place_unary->call(mutable_tensor_of(arguments[0]));
            return true;
        case Shortcut::InPlaceBinary:
            if (!two_tensors || result_count) return false;
            in_place_binary->call(mutable_tensor_of(arguments[0]), tensor_of(arguments[1]));
            return true;
        case Shortcut::InPlaceBinaryScaled: {
            if (!two_tensors || result_count) return false;
            const Value absent{0, Tag::Absent, 0};
            const auto alpha = scalar_of(count > 2 ? arguments[2] : absent, handle.schema(), 2);
            in_place_scaled->call(mutable_tensor_of(arguments[0]), tensor_of(arguments[1]), alpha);
            return true;
        }
        case Shortcut::InPlaceWithScalar:
            if (count != 2 || arguments[0].tag != Tag::Tensor || result_count) return false;
            in_place_scalar->call(mutable_tensor_of(arguments[0]), scalar_of(arguments[1], handle.schema(), 1));
            return true;
        default: return false;
    }
}

}  // namespace deepcourse
