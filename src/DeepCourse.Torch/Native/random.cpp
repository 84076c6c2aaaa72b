// Random number generators. Handles are at::Generator*.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/core/Generator.h>

namespace {

at::Generator standard(int32_t device_type, int32_t device_index) {
    return at::globalContext().defaultGenerator(
        c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index)));
}

}  // namespace

DCT_EXPORT int dct_manual_seed(int64_t seed) {
    DCT_TRY
    at::manual_seed(static_cast<uint64_t>(seed));
    DCT_CATCH
}

// The generator that operations use when none is given.
DCT_EXPORT int dct_generator_default(int32_t device_type, int32_t device_index, at::Generator** result) {
    DCT_TRY
    *result = new at::Generator(standard(device_type, device_index));
    DCT_CATCH
}

DCT_EXPORT int dct_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, at::Generator** result) {
    DCT_TRY
    // A copy of the default one has the device's own kind without naming it.
    auto generator = standard(device_type, device_index).clone();
    generator.set_current_seed(seed);
    *result = new at::Generator(std::move(generator));
    DCT_CATCH
}

DCT_EXPORT void dct_generator_free(at::Generator* generator) { delete generator; }

DCT_EXPORT int dct_generator_set_seed(at::Generator* generator, uint64_t seed) {
    DCT_TRY
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_current_seed(seed);
    DCT_CATCH
}

// A seed that nobody can predict, from the system.
DCT_EXPORT int dct_generator_seed(at::Generator* generator, uint64_t* result) {
    DCT_TRY
    std::lock_guard<std::mutex> lock(generator->mutex());
    *result = generator->seed();
    DCT_CATCH
}

DCT_EXPORT int dct_generator_initial_seed(at::Generator* generator, uint64_t* result) {
    DCT_TRY
    *result = generator->current_seed();
    DCT_CATCH
}

DCT_EXPORT int dct_generator_device(at::Generator* generator, int32_t* device_type, int32_t* device_index) {
    DCT_TRY
    *device_type = static_cast<int32_t>(generator->device().type());
    *device_index = generator->device().index();
    DCT_CATCH
}

DCT_EXPORT int dct_generator_get_state(at::Generator* generator, TensorHandle* result) {
    DCT_TRY
    *result = deepcourse::handle_of(generator->get_state());
    DCT_CATCH
}

DCT_EXPORT int dct_generator_set_state(at::Generator* generator, TensorHandle state) {
    DCT_TRY
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_state(*state);
    DCT_CATCH
}
