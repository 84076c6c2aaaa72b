// Groups of processes, over libtorch's own c10d: what its files of the shim share.
#pragma once

#include "shim.h"

#include <chrono>
#include <string>

#ifdef DCT_C10D

#include <torch/csrc/distributed/c10d/ProcessGroup.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>
#include <torch/csrc/distributed/c10d/Types.hpp>
#include <torch/csrc/distributed/c10d/Work.hpp>
#if TORCH_VERSION_MAJOR >= 2
#include <torch/csrc/distributed/c10d/Backend.hpp>
#endif

namespace deepcourse {

// What moves the data: until 2.0 the process group itself, since then one of its back ends.
#if TORCH_VERSION_MAJOR >= 2
using Backend = c10d::Backend;
#else
using Backend = c10d::ProcessGroup;
#endif

using Store = c10::intrusive_ptr<c10d::Store>;
using Milliseconds = std::chrono::milliseconds;

struct Group {
    c10::intrusive_ptr<Backend> backend;
    int rank;
    int size;
    bool on_cuda;
};

// Each is in a file of its own, because it needs headers that a libtorch may come without.
// host: the address that the other processes reach this one by; empty leaves the choice to Gloo.
c10::intrusive_ptr<Backend> make_gloo(const Store& store, int rank, int size, Milliseconds timeout, const std::string& host);
c10::intrusive_ptr<Backend> make_nccl(const Store& store, int rank, int size, Milliseconds timeout);

// Whether work is done within so many milliseconds; throws what the work has failed with. On a GPU the caller's
// stream waits instead, and the answer comes at once.
bool wait_for(const Group& group, const c10::intrusive_ptr<c10d::Work>& work, int64_t milliseconds);

}  // namespace deepcourse

#endif  // DCT_C10D

namespace deepcourse {

bool built_with_gloo();
bool built_with_nccl();

[[noreturn]] void no_c10d();

}  // namespace deepcourse

// Runs the arguments where c10d is there; elsewhere throws what no_c10d says.
#ifdef DCT_C10D
#define DCT_WITH_C10D(...) __VA_ARGS__
#else
#define DCT_WITH_C10D(...) deepcourse::no_c10d()
#endif
