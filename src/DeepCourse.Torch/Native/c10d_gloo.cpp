// The back end for CPUs. Compiled a second time with DCT_WITHOUT where the first time fails: then it says so when asked.
#if defined(DCT_C10D) && !defined(DCT_WITHOUT)
#define USE_C10D_GLOO
#endif
#include "c10d.h"

#include <stdexcept>

#ifdef USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <cstdlib>
#endif

namespace deepcourse {

bool built_with_gloo() {
#ifdef USE_C10D_GLOO
    return true;
#else
    return false;
#endif
}

#ifdef DCT_C10D

c10::intrusive_ptr<Backend> make_gloo([[maybe_unused]] const Store& store, [[maybe_unused]] int rank,
                                      [[maybe_unused]] int size, [[maybe_unused]] Milliseconds timeout,
                                      [[maybe_unused]] const std::string& host) {
#ifdef USE_C10D_GLOO
    using c10d::ProcessGroupGloo;
    auto options = ProcessGroupGloo::Options::create(timeout);
    const char* interface = std::getenv("GLOO_SOCKET_IFNAME");
    if (interface && *interface)
        options->devices.push_back(ProcessGroupGloo::createDeviceForInterface(interface));
    else if (!host.empty())
        options->devices.push_back(ProcessGroupGloo::createDeviceForHostname(host));
    else
        options->devices.push_back(ProcessGroupGloo::createDefaultDevice());
    return c10::make_intrusive<ProcessGroupGloo>(store, rank, size, options);
#else
    throw std::runtime_error(
        "DeepCourse's shim was built without Gloo: its part for Gloo did not compile against this libtorch's headers. "
        "Installing libgloo-dev of the same version may help; the output of the build says more.");
#endif
}

#endif  // DCT_C10D

}  // namespace deepcourse
