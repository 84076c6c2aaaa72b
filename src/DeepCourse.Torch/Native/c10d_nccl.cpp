// The back end for GPUs. Compiled a second time with DCT_WITHOUT where the first time fails: then it says so when asked.
#if defined(DCT_C10D) && defined(DCT_NCCL) && !defined(DCT_WITHOUT)
#define USE_C10D_NCCL
#endif
#include "c10d.h"

#include <stdexcept>

#ifdef USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

namespace deepcourse {

bool built_with_nccl() {
#ifdef USE_C10D_NCCL
    return true;
#else
    return false;
#endif
}

#ifdef DCT_C10D

c10::intrusive_ptr<Backend> make_nccl([[maybe_unused]] const Store& store, [[maybe_unused]] int rank,
                                      [[maybe_unused]] int size, [[maybe_unused]] Milliseconds timeout) {
#ifdef USE_C10D_NCCL
    auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = timeout;
    return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
#else
    throw std::runtime_error(
        "DeepCourse's shim was built without NCCL: this libtorch has none, or the build found no nccl.h for it. "
        "Several processes can compute on CPUs.");
#endif
}

#endif  // DCT_C10D

}  // namespace deepcourse
