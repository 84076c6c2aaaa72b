// Cross-entropy of rows of logits on the CPU, and its gradient in place of the logits: two passes over memory instead
// of the five of log_softmax, nll_loss and their backward functions, and no second table.
#include "shim.h"
#include "vector_math.h"

#include <ATen/Parallel.h>
#include <cmath>

namespace {

using deepcourse::BFloat16Bits;

template <class T>
DCT_INLINE float largest_of(const T* __restrict row, int64_t size) {
    float largest = -INFINITY;
#pragma omp simd reduction(max : largest)
    for (int64_t j = 0; j < size; j++) largest = std::max(largest, deepcourse::widen(row[j]));
    return largest;
}

template <class T>
DCT_INLINE float sum_of(const T* __restrict row, int64_t size, float largest) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int64_t j = 0; j < size; j++) sum += deepcourse::exponential(deepcourse::widen(row[j]) - largest);
    return sum;
}

template <class T>
DCT_INLINE void scale_into(T* __restrict row, int64_t size, float largest, float factor) {
    for (int64_t j = 0; j < size; j++)
        deepcourse::store(deepcourse::exponential(deepcourse::widen(row[j]) - largest) * factor, row[j]);
}

// Returns the loss; the row becomes (softmax - target) * scale, or stays as it is for scale 0.
template <class T>
DCT_INLINE float row_of(T* row, int64_t size, int64_t target, float scale) {
    const float largest = largest_of(row, size);
    const float sum = sum_of(row, size, largest);
    const float right = deepcourse::widen(row[target]) - largest;
    if (scale != 0) {
        scale_into(row, size, largest, scale / sum);
        // From the rounded logit anew, so that the difference is rounded once.
        deepcourse::store((deepcourse::exponential(right) / sum - 1.0f) * scale, row[target]);
    }
    return std::log(sum) - right;
}

DCT_CLONES float row_float(float* row, int64_t size, int64_t target, float scale) { return row_of(row, size, target, scale); }
DCT_CLONES float row_narrow(BFloat16Bits* row, int64_t size, int64_t target, float scale) { return row_of(row, size, target, scale); }
float row_any(float* row, int64_t size, int64_t target, float scale) { return row_float(row, size, target, scale); }
float row_any(BFloat16Bits* row, int64_t size, int64_t target, float scale) { return row_narrow(row, size, target, scale); }

template <class T>
void run(const at::Tensor& logits, const at::Tensor& targets, double scale, int64_t ignored, const at::Tensor& losses) {
    const int64_t size = logits.size(1);
    auto* values = static_cast<T*>(logits.data_ptr());
    const auto* classes = targets.data_ptr<int64_t>();
    auto* loss = losses.data_ptr<float>();
    at::parallel_for(0, logits.size(0), std::max<int64_t>(1, 32768 / size), [&](int64_t begin, int64_t end) {
        for (int64_t row = begin; row < end; row++) {
            if (classes[row] == ignored) {
                loss[row] = 0;
                if (scale != 0) std::memset(static_cast<void*>(values + row * size), 0, size * sizeof(T));
                continue;
            }
            TORCH_CHECK_INDEX(classes[row] >= 0 && classes[row] < size, "Target ", classes[row], " is out of bounds of ", size, " classes.");
            loss[row] = row_any(values + row * size, size, classes[row], static_cast<float>(scale));
        }
    });
}

}  // namespace

// logits [rows, classes], float32 or bfloat16, contiguous, on the CPU; overwritten with the gradient unless scale is 0.
// targets int64 [rows]; losses float32 [rows], 0 where the target is the one to ignore.
DCT_EXPORT int dct_softmax_rows(TensorHandle logits, TensorHandle targets, double scale, int64_t ignored, TensorHandle losses) {
    DCT_TRY
    TORCH_CHECK(logits->is_contiguous() && targets->is_contiguous() && losses->is_contiguous(), "softmax_rows wants contiguous tensors");
    TORCH_CHECK(logits->dim() == 2 && targets->numel() == logits->size(0) && losses->numel() == logits->size(0), "softmax_rows: the sizes differ");
    if (logits->scalar_type() == at::kBFloat16)
        run<BFloat16Bits>(*logits, *targets, scale, ignored, *losses);
    else
        run<float>(*logits, *targets, scale, ignored, *losses);
    DCT_CATCH
}
