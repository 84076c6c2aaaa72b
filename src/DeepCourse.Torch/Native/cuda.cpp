// What needs CUDA's own headers: memory statistics, streams and graphs. Without CUDA every export says so.
#include "shim.h"

#include <stdexcept>

#ifdef DCT_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAStream.h>
#endif

namespace {

struct CudaMemory {
    int64_t allocated, peak_allocated, reserved, peak_reserved, allocations, free, total;
};

#ifdef DCT_CUDA

constexpr size_t whole = 0;  // of the three pools that the allocator counts, their sum

void fill(int32_t device, CudaMemory* memory) {
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

at::cuda::CUDAGraph* graph_of(void* handle) { return static_cast<at::cuda::CUDAGraph*>(handle); }

// Other threads load data while one records. From 2.1 on libtorch can be told that what they ask of CUDA does not spoil
// the recording.
template <class Graph>
auto begin(Graph* graph, int) -> decltype(graph->capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal)) {
    graph->capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
}

template <class Graph>
void begin(Graph* graph, long) {
    graph->capture_begin();
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
    DCT_WITH_CUDA(c10::cuda::CUDACachingAllocator::resetPeakStats(static_cast<c10::DeviceIndex>(device)));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_empty_cache() {
    DCT_TRY
    DCT_WITH_CUDA(c10::cuda::CUDACachingAllocator::emptyCache());
    DCT_CATCH
}

// A stream from libtorch's pool. Handles are c10::cuda::CUDAStream*.
DCT_EXPORT int dct_cuda_stream_new([[maybe_unused]] int32_t device, [[maybe_unused]] int32_t high_priority,
                                   [[maybe_unused]] void** stream) {
    DCT_TRY
    DCT_WITH_CUDA(*stream = new c10::cuda::CUDAStream(
                      c10::cuda::getStreamFromPool(high_priority != 0, static_cast<c10::DeviceIndex>(device))));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_stream_current([[maybe_unused]] int32_t device, [[maybe_unused]] void** stream) {
    DCT_TRY
    DCT_WITH_CUDA(*stream = new c10::cuda::CUDAStream(c10::cuda::getCurrentCUDAStream(static_cast<c10::DeviceIndex>(device))));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_stream_free([[maybe_unused]] void* stream) {
    DCT_TRY
    DCT_WITH_CUDA(delete stream_of(stream));
    DCT_CATCH
}

// Makes it the stream of its device for the calling thread.
DCT_EXPORT int dct_cuda_stream_use([[maybe_unused]] void* stream) {
    DCT_TRY
    DCT_WITH_CUDA(c10::cuda::setCurrentCUDAStream(*stream_of(stream)));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_stream_synchronize([[maybe_unused]] void* stream) {
    DCT_TRY
    DCT_WITH_CUDA(stream_of(stream)->synchronize());
    DCT_CATCH
}

// A recorded sequence of work. Handles are at::cuda::CUDAGraph*. What is begun must be ended, on the same stream, which may
// not be the default one.
DCT_EXPORT int dct_cuda_graph_new([[maybe_unused]] void** graph) {
    DCT_TRY
    DCT_WITH_CUDA(*graph = new at::cuda::CUDAGraph());
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_graph_free([[maybe_unused]] void* graph) {
    DCT_TRY
    DCT_WITH_CUDA(delete graph_of(graph));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_graph_begin([[maybe_unused]] void* graph) {
    DCT_TRY
    DCT_WITH_CUDA(begin(graph_of(graph), 0));
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_graph_end([[maybe_unused]] void* graph) {
    DCT_TRY
    DCT_WITH_CUDA(graph_of(graph)->capture_end());
    DCT_CATCH
}

DCT_EXPORT int dct_cuda_graph_replay([[maybe_unused]] void* graph) {
    DCT_TRY
    DCT_WITH_CUDA(graph_of(graph)->replay());
    DCT_CATCH
}
