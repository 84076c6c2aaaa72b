// The C interface between DeepCourse.Torch and libtorch: what every file of the shim shares.
//
// Rules: every export is extern "C", returns 0 or 1 and lets no exception out. After a 1, dct_last_error
// gives the first line of the message. Tensor handles are at::Tensor*, owned by whoever asked for them.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>
#include <cstdint>
#include <exception>

// libtorch moved from its own optional to the standard one in 2.x.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
#include <optional>
namespace deepcourse {
template <class T>
using Optional = std::optional<T>;
constexpr auto nothing = std::nullopt;
}  // namespace deepcourse
#else
#include <c10/util/Optional.h>
namespace deepcourse {
template <class T>
using Optional = c10::optional<T>;
constexpr auto nothing = c10::nullopt;
}  // namespace deepcourse
#endif

#define DCT_EXPORT extern "C" __attribute__((visibility("default")))

namespace deepcourse {

// Remembers the message of the exception in flight for this thread. Plain memory on purpose: thread-local
// objects with destructors are not safe in a library that a foreign runtime loads and unloads.
void remember_error(const char* message) noexcept;
void remember_current_exception() noexcept;

}  // namespace deepcourse

// Wraps the body of an export: DCT_TRY ... DCT_CATCH
#define DCT_TRY try {
#define DCT_CATCH                                 \
    return 0;                                     \
    }                                             \
    catch (...) {                                 \
        deepcourse::remember_current_exception(); \
        return 1;                                 \
    }

using TensorHandle = at::Tensor*;

namespace deepcourse {

inline TensorHandle handle_of(at::Tensor tensor) {
    return tensor.defined() ? new at::Tensor(std::move(tensor)) : nullptr;
}

inline at::Tensor tensor_or_undefined(TensorHandle handle) {
    return handle ? *handle : at::Tensor();
}

}  // namespace deepcourse
