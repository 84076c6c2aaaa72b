// Elementary functions in plain arithmetic, which the compiler can make vectors of, and the two narrow formats that
// kernels read and write. Each kernel is compiled for several instruction sets; the machine's best is taken at run time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define DCT_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DCT_CLONES
#endif
#define DCT_INLINE static inline __attribute__((always_inline))

namespace deepcourse {

DCT_INLINE float from_bits(uint32_t bits) {
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

DCT_INLINE uint32_t to_bits(float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

// bfloat16 is the upper half of a float.
struct BFloat16Bits {
    uint16_t bits;
};

DCT_INLINE float widen(float value) { return value; }
DCT_INLINE float widen(BFloat16Bits value) { return from_bits(static_cast<uint32_t>(value.bits) << 16); }

DCT_INLINE void store(float value, float& target) { target = value; }
DCT_INLINE void store(float value, BFloat16Bits& target) {
    const uint32_t bits = to_bits(value);
    target.bits = static_cast<uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

// e^x with a relative error below 2e-7: 2^n times a polynomial over [-ln 2 / 2, ln 2 / 2]. Saturates at the ends of the
// normal range.
DCT_INLINE float exponential(float x) {
    x = std::min(std::max(x, -87.0f), 88.0f);
    // Adding and taking away 1.5 * 2^23 rounds to a whole number.
    const float shifted = x * 1.44269504f + 12582912.0f;
    const float n = shifted - 12582912.0f;
    const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    return p * from_bits((to_bits(shifted) + 127u) << 23);
}

DCT_INLINE float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }
DCT_INLINE float hyperbolic_tangent(float x) { return 2.0f * sigmoid(2.0f * x) - 1.0f; }

}  // namespace deepcourse
