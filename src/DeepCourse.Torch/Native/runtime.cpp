// The library's global settings: threads, autocast, numeric switches, and what it says about itself.
#include "shim.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/autocast_mode.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/DefaultDtype.h>
#include <torch/version.h>

#include <dlfcn.h>

#include <cstring>
#include <string>
#include <type_traits>

DCT_EXPORT int32_t dct_get_threads() { return at::get_num_threads(); }
DCT_EXPORT int32_t dct_get_interop_threads() { return at::get_num_interop_threads(); }

DCT_EXPORT int dct_set_threads(int32_t count) {
    DCT_TRY
    TORCH_CHECK(count > 0, "set_num_threads expects a positive integer, not ", count);
    at::set_num_threads(count);
    DCT_CATCH
}

DCT_EXPORT int dct_set_default_dtype(int8_t type) {
    DCT_TRY
    c10::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(type)));
    DCT_CATCH
}

DCT_EXPORT int dct_set_interop_threads(int32_t count) {
    DCT_TRY
    TORCH_CHECK(count > 0, "set_num_interop_threads expects a positive integer, not ", count);
    at::set_num_interop_threads(count);
    DCT_CATCH
}

namespace {

struct AutocastState {
    int32_t enabled, dtype, cached;
};

void check_autocast_device(int32_t device_type) {
    const auto type = static_cast<c10::DeviceType>(device_type);
    TORCH_CHECK(type == c10::DeviceType::CPU || type == c10::DeviceType::CUDA, "autocast knows cpu and cuda, not ",
                c10::DeviceTypeName(type));
}

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
bool autocast_enabled(c10::DeviceType type) { return at::autocast::is_autocast_enabled(type); }
c10::ScalarType autocast_type(c10::DeviceType type) { return at::autocast::get_autocast_dtype(type); }
void set_autocast(c10::DeviceType type, bool enabled, c10::ScalarType dtype) {
    at::autocast::set_autocast_enabled(type, enabled);
    at::autocast::set_autocast_dtype(type, dtype);
}
#else
bool autocast_enabled(c10::DeviceType type) {
    return type == c10::DeviceType::CPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
}
c10::ScalarType autocast_type(c10::DeviceType type) {
    return type == c10::DeviceType::CPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
}
void set_autocast(c10::DeviceType type, bool enabled, c10::ScalarType dtype) {
    if (type == c10::DeviceType::CPU) {
        at::autocast::set_cpu_enabled(enabled);
        at::autocast::set_autocast_cpu_dtype(dtype);
    } else {
        at::autocast::set_enabled(enabled);
        at::autocast::set_autocast_gpu_dtype(dtype);
    }
}
#endif

}  // namespace

// Autocast is a state of the calling thread.
DCT_EXPORT int dct_autocast_get(int32_t device_type, AutocastState* state) {
    DCT_TRY
    check_autocast_device(device_type);
    const auto type = static_cast<c10::DeviceType>(device_type);
    *state = {autocast_enabled(type), static_cast<int32_t>(autocast_type(type)), at::autocast::is_autocast_cache_enabled()};
    DCT_CATCH
}

DCT_EXPORT int dct_autocast_set(int32_t device_type, const AutocastState* state) {
    DCT_TRY
    check_autocast_device(device_type);
    set_autocast(static_cast<c10::DeviceType>(device_type), state->enabled != 0, static_cast<c10::ScalarType>(state->dtype));
    at::autocast::set_autocast_cache_enabled(state->cached != 0);
    DCT_CATCH
}

// Weights are cast once per outermost region: leaving that one forgets the copies.
DCT_EXPORT void dct_autocast_enter() { at::autocast::increment_nesting(); }

DCT_EXPORT int dct_autocast_leave() {
    DCT_TRY
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    DCT_CATCH
}

DCT_EXPORT int dct_autocast_clear_cache() {
    DCT_TRY
    at::autocast::clear_cache();
    DCT_CATCH
}

namespace {

// A flag, and in later versions one of several ways, the first of which allows everything.
template <class Answer>
bool allows(Answer answer) {
    if constexpr (std::is_enum_v<Answer>)
        return static_cast<int>(answer) == 0;
    else
        return answer;
}

}  // namespace

// Switches of torch.backends, by number; the managed side names them (Interop/BackendSwitch.cs).
DCT_EXPORT int dct_switch_get(int32_t number, int32_t* value) {
    DCT_TRY
    auto& context = at::globalContext();
    switch (number) {
        case 0: *value = context.userEnabledFlashSDP(); break;
        case 1: *value = context.userEnabledMathSDP(); break;
        case 2: *value = context.allowTF32CuBLAS(); break;
        case 3: *value = allows(context.allowFP16ReductionCuBLAS()); break;
        case 4: *value = context.allowTF32CuDNN(); break;
        case 5: *value = context.benchmarkCuDNN(); break;
        case 6: *value = context.deterministicCuDNN(); break;
        default: TORCH_CHECK(false, "no such switch: ", number);
    }
    DCT_CATCH
}

DCT_EXPORT int dct_switch_set(int32_t number, int32_t value) {
    DCT_TRY
    auto& context = at::globalContext();
    const bool on = value != 0;
    switch (number) {
        case 0: context.setSDPUseFlash(on); break;
        case 1: context.setSDPUseMath(on); break;
        case 2: context.setAllowTF32CuBLAS(on); break;
        case 3: context.setAllowFP16ReductionCuBLAS(on); break;
        case 4: context.setAllowTF32CuDNN(on); break;
        case 5: context.setBenchmarkCuDNN(on); break;
        case 6: context.setDeterministicCuDNN(on); break;
        default: TORCH_CHECK(false, "no such switch: ", number);
    }
    DCT_CATCH
}

namespace {

std::string file_of(const void* symbol) {
    Dl_info info;
    return symbol && dladdr(symbol, &info) && info.dli_fname ? info.dli_fname : "";
}

std::string describe(int32_t topic) {
    switch (topic) {
        case 0: return TORCH_VERSION;
        case 1: return file_of(reinterpret_cast<const void*>(&at::show_config));
        case 2: return file_of(dlsym(RTLD_DEFAULT, "sgemm_"));
        case 3: return at::show_config();
        case 4: return at::get_parallel_info();
        case 5: return file_of(reinterpret_cast<const void*>(&dct_get_threads));
        default: return "";
    }
}

}  // namespace

// Text about the library; writes at most capacity bytes, ended by zero, and answers the whole length.
// 0 version, 1 file of libtorch, 2 file of the BLAS, 3 build configuration, 4 threading, 5 file of this shim
DCT_EXPORT int dct_describe(int32_t topic, char* text, int64_t capacity, int64_t* length) {
    DCT_TRY
    const auto description = describe(topic);
    *length = static_cast<int64_t>(description.size());
    if (capacity > 0) {
        const auto count = std::min<int64_t>(capacity - 1, *length);
        std::memcpy(text, description.data(), static_cast<size_t>(count));
        text[count] = 0;
    }
    DCT_CATCH
}

// What can be asked of accelerators without having been built for them.
DCT_EXPORT int dct_cuda_count(int32_t* count) {
    DCT_TRY
    *count = at::hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
    DCT_CATCH
}

DCT_EXPORT int dct_cudnn_available(int32_t* available) {
    DCT_TRY
    *available = at::hasCUDA() && at::detail::getCUDAHooks().hasCuDNN();
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_synchronize(int32_t device_index) {
    DCT_TRY
    TORCH_CHECK(at::hasCUDA(), "Torch not compiled with CUDA enabled");
    at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(device_index));
    DCT_CATCH
}
