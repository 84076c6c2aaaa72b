// The update rules of the optimizers, one element at a time, and the entry points that run them over arrays.
//
// Each rule reads and writes every array exactly once per step, where a chain of tensor operations would walk
// memory five to ten times. Formulas and the order of operations are PyTorch's, so results agree to rounding.
#pragma once

#include <cstdint>

namespace deepcourse {

// In all terms below sign is -1 to climb instead of descend, and decay the L2 penalty (0: none).

// The arrays of one parameter: its values, its gradient and up to three arrays of optimizer state.
template <typename T>
struct Arrays {
    T* p;
    const T* g;
    T* a;
    T* b;
    T* c;
};

template <typename T>
struct SgdTerms {
    T rate, momentum, keep, decay, sign;  // keep: 1 - dampening
    bool has_momentum, nesterov, first;
};

template <typename T>
struct AdamTerms {
    T shrink, decay, sign, beta1, rest1, beta2, rest2, step_size, scale2, eps;  // AdamW: shrink 1 - rate * decay, decay 0
    bool amsgrad;
};

template <typename T>
struct RmsPropTerms {
    T rate, alpha, rest, eps, decay, sign, momentum;
    bool centered, has_momentum;
};

template <typename T>
struct AdagradTerms {
    T rate, eps, decay;
};

template <typename T>
struct AdadeltaTerms {
    T rate, rho, rest, eps, decay, sign;
};

template <typename T>
struct AdamaxTerms {
    T rate, beta1, rest1, beta2, eps, decay;
};

template <typename T>
struct NadamTerms {
    T beta1, rest1, beta2, rest2, correction2, eps, decay, gradient_rate, momentum_rate;
};

template <typename T>
struct RadamTerms {
    T beta1, rest1, beta2, rest2, correction1, root2, eps, decay, rate, rectification;
    bool rectified;
};

template <typename T>
struct AsgdTerms {
    T shrink, eta, mu, decay, sign;
    bool average;
};

template <typename T>
struct RpropTerms {
    T minus, plus, smallest, largest, sign;
};

#define DCT_DECLARE_RULE(name, Terms)                                          \
    void name##_rule(const Arrays<float>&, int64_t count, const Terms<float>&); \
    void name##_rule(const Arrays<double>&, int64_t count, const Terms<double>&);

DCT_DECLARE_RULE(sgd, SgdTerms)
DCT_DECLARE_RULE(adam, AdamTerms)
DCT_DECLARE_RULE(rmsprop, RmsPropTerms)
DCT_DECLARE_RULE(adagrad, AdagradTerms)
DCT_DECLARE_RULE(adadelta, AdadeltaTerms)
DCT_DECLARE_RULE(adamax, AdamaxTerms)
DCT_DECLARE_RULE(nadam, NadamTerms)
DCT_DECLARE_RULE(radam, RadamTerms)
DCT_DECLARE_RULE(asgd, AsgdTerms)
DCT_DECLARE_RULE(rprop, RpropTerms)

#undef DCT_DECLARE_RULE

// Sum of squares, accumulated in double; largest magnitude; and scaling in place. Not finite: NaN or infinity met.
double sum_of_squares(const float* x, int64_t count);
double sum_of_squares(const double* x, int64_t count);
double largest_magnitude(const float* x, int64_t count);
double largest_magnitude(const double* x, int64_t count);
bool scale_and_check(float* x, int64_t count, float factor);
bool scale_and_check(double* x, int64_t count, double factor);

}  // namespace deepcourse
