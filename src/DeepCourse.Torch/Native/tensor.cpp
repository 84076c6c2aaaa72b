// What the dispatcher does not offer: a tensor's memory, metadata and gradient slots.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/ScalarTypeToTypeMeta.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/version.h>

namespace {

struct Metadata {
    int64_t element_count;
    void* data;
    int32_t dtype;
    int32_t device_type;
    int32_t device_index;
    int32_t rank;
    int32_t flags;  // 1 requires_grad, 2 leaf, 4 contiguous, 8 sparse, 16 inference
    int32_t element_size;
};

}  // namespace

DCT_EXPORT const char* dct_version() { return TORCH_VERSION; }

DCT_EXPORT void dct_tensor_free(TensorHandle tensor) {
    try {
        delete tensor;
    } catch (...) {  // a deleter of foreign memory may throw; there is nobody to tell
    }
}

DCT_EXPORT void dct_tensor_free_many(TensorHandle* tensors, int32_t count) {
    for (int32_t i = 0; i < count; i++) dct_tensor_free(tensors[i]);
}

DCT_EXPORT TensorHandle dct_tensor_alias(TensorHandle tensor) { return new at::Tensor(*tensor); }

DCT_EXPORT int dct_tensor_metadata(TensorHandle handle, Metadata* result) {
    DCT_TRY
    const auto& tensor = *handle;
    const bool sparse = tensor.is_sparse();
    result->rank = static_cast<int32_t>(tensor.dim());
    result->element_count = tensor.numel();
    result->dtype = static_cast<int32_t>(tensor.scalar_type());
    result->device_type = static_cast<int32_t>(tensor.device().type());
    result->device_index = tensor.device().index();
    result->element_size = static_cast<int32_t>(tensor.dtype().itemsize());
    result->data = sparse || !tensor.has_storage() ? nullptr : tensor.data_ptr();
    result->flags = (tensor.requires_grad() ? 1 : 0) | (tensor.is_leaf() ? 2 : 0) |
                    (!sparse && tensor.is_contiguous() ? 4 : 0) | (sparse ? 8 : 0) | (tensor.is_inference() ? 16 : 0);
    DCT_CATCH
}

// Fills sizes (and strides when not null), each with room for rank numbers.
DCT_EXPORT int dct_tensor_sizes(TensorHandle handle, int64_t* sizes, int64_t* strides) {
    DCT_TRY
    const auto size = handle->sizes();
    std::copy(size.begin(), size.end(), sizes);
    if (strides) {
        const auto stride = handle->strides();
        std::copy(stride.begin(), stride.end(), strides);
    }
    DCT_CATCH
}

DCT_EXPORT int32_t dct_tensor_rank(TensorHandle handle) { return static_cast<int32_t>(handle->dim()); }
DCT_EXPORT int32_t dct_tensor_dtype(TensorHandle handle) { return static_cast<int32_t>(handle->scalar_type()); }
DCT_EXPORT int32_t dct_tensor_requires_grad(TensorHandle handle) { return handle->requires_grad(); }

DCT_EXPORT int dct_tensor_storage_offset(TensorHandle handle, int64_t* offset) {
    DCT_TRY
    *offset = handle->storage_offset();
    DCT_CATCH
}

// The size of the memory behind the tensor, which it may use a part of.
DCT_EXPORT int dct_tensor_storage_bytes(TensorHandle handle, int64_t* bytes) {
    DCT_TRY
    *bytes = static_cast<int64_t>(handle->storage().nbytes());
    DCT_CATCH
}

// Same underlying tensor object (the identity that optimisers key their state by).
DCT_EXPORT void* dct_tensor_identity(TensorHandle handle) { return handle->unsafeGetTensorImpl(); }

// A tensor over a copy of managed memory.
DCT_EXPORT int dct_tensor_from_memory(const void* data, const int64_t* sizes, int32_t rank, int32_t dtype,
                                      bool pinned, TensorHandle* result) {
    DCT_TRY
    auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype)).pinned_memory(pinned);
    auto tensor = at::empty(at::IntArrayRef(sizes, rank), options);
    if (tensor.nbytes() > 0) std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
    *result = deepcourse::handle_of(std::move(tensor));
    DCT_CATCH
}

// A tensor that borrows memory; release(context) is called when libtorch has let go of it, on any thread.
DCT_EXPORT int dct_tensor_borrow(void* data, const int64_t* sizes, int32_t rank, int32_t dtype,
                                 void (*release)(void*), void* context, TensorHandle* result) {
    DCT_TRY
    auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype));
    auto tensor = at::from_blob(data, at::IntArrayRef(sizes, rank), [release, context](void*) { release(context); }, options);
    *result = deepcourse::handle_of(std::move(tensor));
    DCT_CATCH
}

DCT_EXPORT int dct_tensor_set_requires_grad(TensorHandle handle, bool value) {
    DCT_TRY
    handle->set_requires_grad(value);
    DCT_CATCH
}

DCT_EXPORT int dct_tensor_grad(TensorHandle handle, TensorHandle* result) {
    DCT_TRY
    *result = deepcourse::handle_of(handle->grad());
    DCT_CATCH
}

DCT_EXPORT int dct_tensor_set_grad(TensorHandle handle, TensorHandle gradient) {
    DCT_TRY
    handle->mutable_grad() = deepcourse::tensor_or_undefined(gradient);
    DCT_CATCH
}

DCT_EXPORT int dct_tensor_retain_grad(TensorHandle handle) {
    DCT_TRY
    handle->retain_grad();
    DCT_CATCH
}

DCT_EXPORT int dct_tensor_backward(TensorHandle handle, TensorHandle gradient, bool retain_graph, bool create_graph) {
    DCT_TRY
    handle->backward(deepcourse::tensor_or_undefined(gradient), retain_graph, create_graph);
    DCT_CATCH
}

// Moves or converts; device_type < 0 and dtype < 0 keep what the tensor has.
DCT_EXPORT int dct_tensor_to(TensorHandle handle, int32_t device_type, int32_t device_index, int32_t dtype,
                             bool non_blocking, bool copy, TensorHandle* result) {
    DCT_TRY
    auto options = handle->options();
    if (device_type >= 0)
        options = options.device(c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index)));
    if (dtype >= 0) options = options.dtype(static_cast<c10::ScalarType>(dtype));
    *result = deepcourse::handle_of(handle->to(options, non_blocking, copy));
    DCT_CATCH
}

// The single element as the widest number of its kind: kind 0 integer, 1 floating point, 2 boolean, 3 complex.
DCT_EXPORT int dct_tensor_item(TensorHandle handle, int64_t* integer, double* real, double* imaginary, int32_t* kind) {
    DCT_TRY
    const auto scalar = handle->item();
    if (scalar.isBoolean()) {
        *kind = 2;
        *integer = scalar.toBool();
    } else if (scalar.isIntegral(false)) {
        *kind = 0;
        *integer = scalar.toLong();
    } else if (scalar.isComplex()) {
        *kind = 3;
        const auto number = scalar.toComplexDouble();
        *real = number.real();
        *imaginary = number.imag();
    } else {
        *kind = 1;
        *real = scalar.toDouble();
    }
    DCT_CATCH
}

DCT_EXPORT int dct_tensor_defined_equal(TensorHandle left, TensorHandle right) { return left->is_same(*right); }

// Puts the same values into another memory order, keeping the tensor object. 0 contiguous, 2 channels last
DCT_EXPORT int dct_tensor_set_memory_format(TensorHandle handle, int32_t format) {
    DCT_TRY
    const at::NoGradGuard no_grad;
    handle->set_data(handle->contiguous(static_cast<c10::MemoryFormat>(format)));
    DCT_CATCH
}
