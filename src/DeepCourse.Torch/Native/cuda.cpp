// What needs CUDA's own headers: memory statistics, streams and graphs. Without CUDA every export says so.
#include "shim.h"

#include <stdexcept>

#ifdef DCT_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAStream.h>
#include <torch/version.h>
#endif

namespace {

struct CudaMemory {
    int64_t allocated, peak_allocated, reserved, peak_reserved, allocations, free, total;
};

#ifdef DCT_CUDA

// libtorch readies its allocator and generators at the first tensor; until then it doesn't know the devices.
void ready() {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 6)
    at::globalContext().lazyInitDevice(c10::DeviceType::CUDA);
#else
    at::globalContext().lazyInitCUDA();
#endif
}

constexpr size_t whole = 0;  // of the three pools that the allocator counts, their sum

void fill(int32_t device, CudaMemory* memory) {
    ready();
    const auto statistics = c10::cuda::CUDACachingAllocator::getDeviceStats(static_cast<c10::DeviceIndex>(device));
    const auto& allocated = statistics.allocated_bytes[whole];
    const auto& reserved = statistics.reserved_bytes[whole];
    const auto before = c10::cuda::current_device();
    c10::cuda::set_device(static_cast<c10::DeviceIndex>(device));
    size_t free = 0, total = 0;
    const auto status = cudaMemGetInfo(&free, &total);
    c10::cuda::set_device(before);
    TORCH_CHECK(status == cudaSuccess, "cudaMemGetInfo: ", cudaGetErrorString(status));
    *memory = {allocated.current,
               allocated.peak,
               reserved.current,
               reserved.peak,
               statistics.allocation[whole].allocated,
               static_cast<int64_t>(free),
               static_cast<int64_t>(total)};
}

c10::cuda::CUDAStream* stream_of(void* handle) { return static_cast<c10::cuda::CUDAStream*>(handle); }

// A graph, and whose memory it takes: needed again where recording fails.
struct Recording {
    at::cuda::CUDAGraph graph;
    at::cuda::MempoolId_t pool{at::cuda::graph_pool_handle()};
    c10::DeviceIndex device = -1;
};

Recording* recording_of(void* handle) { return static_cast<Recording*>(handle); }

// Other threads load data while one records. From 2.1 on libtorch can be told that what they ask of CUDA does not spoil
// the recording.
template <class Graph>
auto capture(Graph& graph, at::cuda::MempoolId_t pool, int)
    -> decltype(graph.capture_begin(pool, cudaStreamCaptureModeThreadLocal)) {
    graph.capture_begin(pool, cudaStreamCaptureModeThreadLocal);
}

template <class Graph>
void capture(Graph& graph, at::cuda::MempoolId_t pool, long) {
    graph.capture_begin(pool);
}

// Where ending a recording fails, libtorch leaves the allocator and the random generator as if it went on: memory would never
// be freed again, and the next dropout would throw. So both are brought back by hand.
void abandon([[maybe_unused]] Recording& recording) noexcept {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
    namespace allocator = c10::cuda::CUDACachingAllocator;
    (void)cudaGetLastError();
    try {
        allocator::endAllocateToPool(recording.device, recording.pool);
    } catch (...) {  // It had ended.
    }
    try {
        allocator::releasePool(recording.device, recording.pool);
    } catch (...) {  // It had been released.
    }
    try {
        // The end of any recording tells the generator that there is none; this one is empty.
        at::cuda::CUDAGraph empty;
        capture(empty, at::cuda::graph_pool_handle(), 0);
        empty.capture_end();
    } catch (...) {
        (void)cudaGetLastError();
    }
#endif
}

void begin(Recording& recording) {
    recording.device = c10::cuda::current_device();
    try {
        capture(recording.graph, recording.pool, 0);
    } catch (...) {
        abandon(recording);
        throw;
    }
}

void end(Recording& recording) {
    try {
        recording.graph.capture_end();
    } catch (...) {
        abandon(recording);
        throw;
    }
}

// Sends this thread's work to a stream of a device, and makes that device the current one, as recording wants it.
void use(const c10::cuda::CUDAStream& stream, int32_t device) {
    c10::cuda::setCurrentCUDAStream(stream);
    c10::cuda::set_device(static_cast<c10::DeviceIndex>(device < 0 ? stream.device_index() : device));
}

void current(int32_t device, void** stream, int32_t* before) {
    *before = c10::cuda::current_device();
    *stream = new c10::cuda::CUDAStream(c10::cuda::getCurrentCUDAStream(static_cast<c10::DeviceIndex>(device)));
}

#define DCT_WITH_CUDA(...) __VA_ARGS__

#else

[[noreturn]] void unavailable() {
    throw std::runtime_error("DeepCourse's shim was not built with CUDA: the libtorch it was compiled against has none.");
}

#define DCT_WITH_CUDA(...) unavailable()

#endif

}  // namespace

DCT_EXPORT int32_t dct_built_with_cuda() {
#ifdef DCT_CUDA
    return 1;
#else
    return 0;
#endif
}

DCT_EXPORT int dct_cuda_memory([[maybe_unused]] int32_t device, [[maybe_unused]] CudaMemory* memory) {
    DCT_TRY
    DCT_WITH_CUDA(fill(device, memory));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_reset_peak([[maybe_unused]] int32_t device) {
    DCT_TRY
    DCT_WITH_CUDA(ready(); c10::cuda::CUDACachingAllocator::resetPeakStats(static_cast<c10::DeviceIndex>(device)));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_empty_cache() {
    DCT_TRY
    DCT_WITH_CUDA(ready(); c10::cuda::CUDACachingAllocator::emptyCache());
    DCT_CATCH
}

// A stream from libtorch's pool. Handles are c10::cuda::CUDAStream*.
DCT_EXPORT int dct_cuda_stream_new([[maybe_unused]] int32_t device, [[maybe_unused]] int32_t high_priority,
                                   [[maybe_unused]] void** stream) {
    DCT_TRY
    DCT_WITH_CUDA(ready(); *stream = new c10::cuda::CUDAStream(
                      c10::cuda::getStreamFromPool(high_priority != 0, static_cast<c10::DeviceIndex>(device))));
    DCT_CATCH
}

// The stream that is in use on a device, and which device is the current one.
DCT_EXPORT int dct_cuda_stream_current([[maybe_unused]] int32_t device, [[maybe_unused]] void** stream,
                                       [[maybe_unused]] int32_t* before) {
    DCT_TRY
    DCT_WITH_CUDA(current(device, stream, before));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_stream_free([[maybe_unused]] void* stream) {
    DCT_TRY
    DCT_WITH_CUDA(delete stream_of(stream));
    DCT_CATCH
}

// Makes it the stream of its device for the calling thread. The device that is given becomes the current one, its own where
// that is negative.
DCT_EXPORT int dct_cuda_stream_use([[maybe_unused]] void* stream, [[maybe_unused]] int32_t device) {
    DCT_TRY
    DCT_WITH_CUDA(use(*stream_of(stream), device));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_stream_synchronize([[maybe_unused]] void* stream) {
    DCT_TRY
    DCT_WITH_CUDA(stream_of(stream)->synchronize());
    DCT_CATCH
}

// A recorded sequence of work. Handles are Recording*. What is begun must be ended, on the same stream, which may
// not be the default one.
DCT_EXPORT int dct_cuda_graph_new([[maybe_unused]] void** graph) {
    DCT_TRY
    DCT_WITH_CUDA(ready(); *graph = new Recording());
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_graph_free([[maybe_unused]] void* graph) {
    DCT_TRY
    DCT_WITH_CUDA(delete recording_of(graph));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_graph_begin([[maybe_unused]] void* graph) {
    DCT_TRY
    DCT_WITH_CUDA(begin(*recording_of(graph)));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_graph_end([[maybe_unused]] void* graph) {
    DCT_TRY
    DCT_WITH_CUDA(end(*recording_of(graph)));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_graph_replay([[maybe_unused]] void* graph) {
    DCT_TRY
    DCT_WITH_CUDA(recording_of(graph)->graph.replay());
    DCT_CATCH
}
