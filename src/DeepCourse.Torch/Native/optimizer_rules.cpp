// Plain loops that the compiler turns into vector code, once per instruction set (chosen when the library loads).
// No libtorch header is included, so that nothing but these loops is compiled for more than one.
#include "optimizer_rules.h"

#include <cmath>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define DCT_CLONES __attribute__((target_clones("arch=haswell", "default")))
#else
#define DCT_CLONES
#endif
#define DCT_INLINE static inline __attribute__((always_inline))

namespace deepcourse {
namespace {

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T&, T&, const SgdTerms<T>& t) {
    g = t.sign * g + t.decay * p;
    a = t.first ? g : t.momentum * a + t.keep * g;
    p -= t.rate * (t.nesterov ? g + t.momentum * a : a);
}

template <typename T>
DCT_INLINE void plain_sgd(T& p, T g, const SgdTerms<T>& t) {
    g = t.sign * g + t.decay * p;
    p -= t.rate * g;
}

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T& b, T& c, const AdamTerms<T>& t) {
    const T value = p * t.shrink;
    g = t.sign * g + t.decay * p;
    const T first = t.beta1 * a + t.rest1 * g;
    const T second = t.beta2 * b + t.rest2 * g * g;
    a = first;
    b = second;
    T peak = second;
    if (t.amsgrad) {
        peak = c > second ? c : second;
        c = peak;
    }
    p = value - t.step_size * (first / (std::sqrt(peak) * t.scale2 + t.eps));
}

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T& b, T& c, const RmsPropTerms<T>& t) {
    g = t.sign * g + t.decay * p;
    a = t.alpha * a + t.rest * g * g;
    T variance = a;
    if (t.centered) {
        b = t.alpha * b + t.rest * g;
        variance = a - b * b;
    }
    T update = g / (std::sqrt(variance) + t.eps);
    if (t.has_momentum) {
        c = t.momentum * c + update;
        update = c;
    }
    p -= t.rate * update;
}

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T&, T&, const AdagradTerms<T>& t) {
    g += t.decay * p;
    a = a + g * g;
    p -= t.rate * (g / (std::sqrt(a) + t.eps));
}

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T& b, T&, const AdadeltaTerms<T>& t) {
    g = t.sign * g + t.decay * p;
    a = t.rho * a + t.rest * g * g;
    const T delta = std::sqrt(b + t.eps) / std::sqrt(a + t.eps) * g;
    b = t.rho * b + t.rest * delta * delta;
    p -= t.rate * delta;
}

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T& b, T&, const AdamaxTerms<T>& t) {
    g += t.decay * p;
    a = t.beta1 * a + t.rest1 * g;
    const T decayed = t.beta2 * b;
    const T magnitude = std::fabs(g) + t.eps;
    b = decayed > magnitude ? decayed : magnitude;
    p -= t.rate * (a / b);
}

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T& b, T&, const NadamTerms<T>& t) {
    g += t.decay * p;
    a = t.beta1 * a + t.rest1 * g;
    b = t.beta2 * b + t.rest2 * g * g;
    const T denominator = std::sqrt(b / t.correction2) + t.eps;
    p = p - t.gradient_rate * (g / denominator) - t.momentum_rate * (a / denominator);
}

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T& b, T&, const RadamTerms<T>& t) {
    g += t.decay * p;
    a = t.beta1 * a + t.rest1 * g;
    b = t.beta2 * b + t.rest2 * g * g;
    T update = a / t.correction1;
    update = t.rectified ? update * (t.root2 / (std::sqrt(b) + t.eps)) * t.rectification : update;
    p -= t.rate * update;
}

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T&, T&, const AsgdTerms<T>& t) {
    g = t.sign * g + t.decay * p;
    p = p * t.shrink - t.eta * g;
    a = t.average ? a + (p - a) * t.mu : p;
}

template <typename T>
DCT_INLINE void rule(T& p, T g, T& a, T& b, T&, const RpropTerms<T>& t) {
    g *= t.sign;
    const T agreement = g * a;
    const T factor = agreement > 0 ? t.plus : agreement < 0 ? t.minus : T(1);
    T size = b * factor;
    size = size < t.smallest ? t.smallest : size > t.largest ? t.largest : size;
    g = agreement < 0 ? T(0) : g;
    p -= g > 0 ? size : g < 0 ? -size : T(0);
    a = g;
    b = size;
}

// Terms are copied into a local first: a reference could alias the arrays as far as the compiler knows.
template <int States, typename T, typename Terms>
DCT_INLINE void each(const Arrays<T>& arrays, int64_t count, const Terms& shared) {
    const Terms terms = shared;
    T* __restrict p = arrays.p;
    const T* __restrict g = arrays.g;
    T* __restrict a = arrays.a;
    T* __restrict b = arrays.b;
    T* __restrict c = arrays.c;
    for (int64_t i = 0; i < count; i++) {
        T x = p[i], none = 0;
        if constexpr (States == 1) {
            T u = a[i];
            rule(x, g[i], u, none, none, terms);
            a[i] = u;
        } else if constexpr (States == 2) {
            T u = a[i], v = b[i];
            rule(x, g[i], u, v, none, terms);
            a[i] = u;
            b[i] = v;
        } else {
            T u = a[i], v = b[i], w = c[i];
            rule(x, g[i], u, v, w, terms);
            a[i] = u;
            b[i] = v;
            c[i] = w;
        }
        p[i] = x;
    }
}

// Flags that decide how many arrays are touched become constants here, so that each loop stays one straight line.
template <typename T>
DCT_INLINE void adam(const Arrays<T>& arrays, int64_t count, AdamTerms<T> terms) {
    if (terms.amsgrad) {
        terms.amsgrad = true;
        each<3>(arrays, count, terms);
    } else {
        terms.amsgrad = false;
        each<2>(arrays, count, terms);
    }
}

template <typename T>
DCT_INLINE void sgd(const Arrays<T>& arrays, int64_t count, const SgdTerms<T>& shared) {
    if (shared.has_momentum) {
        each<1>(arrays, count, shared);
        return;
    }
    const SgdTerms<T> terms = shared;
    T* __restrict p = arrays.p;
    const T* __restrict g = arrays.g;
    for (int64_t i = 0; i < count; i++) plain_sgd(p[i], g[i], terms);
}

// Momentum without centring keeps its buffer third; the missing second array is replaced by the first one,
// which the rule then leaves alone.
template <typename T>
DCT_INLINE void rmsprop(const Arrays<T>& arrays, int64_t count, RmsPropTerms<T> terms) {
    if (terms.centered && terms.has_momentum) {
        each<3>(arrays, count, terms);
    } else if (terms.centered) {
        terms.has_momentum = false;
        each<2>(arrays, count, terms);
    } else if (terms.has_momentum) {
        terms.centered = false;
        T* __restrict p = arrays.p;
        const T* __restrict g = arrays.g;
        T* __restrict a = arrays.a;
        T* __restrict c = arrays.c;
        for (int64_t i = 0; i < count; i++) {
            T none = 0;
            rule(p[i], g[i], a[i], none, c[i], terms);
        }
    } else {
        terms.centered = terms.has_momentum = false;
        each<1>(arrays, count, terms);
    }
}

}  // namespace

#define DCT_DEFINE_RULE(name, Terms, run)                                                                  \
    DCT_CLONES void name##_rule(const Arrays<float>& arrays, int64_t count, const Terms<float>& terms) {   \
        run(arrays, count, terms);                                                                         \
    }                                                                                                      \
    DCT_CLONES void name##_rule(const Arrays<double>& arrays, int64_t count, const Terms<double>& terms) { \
        run(arrays, count, terms);                                                                         \
    }

DCT_DEFINE_RULE(sgd, SgdTerms, sgd)
DCT_DEFINE_RULE(adam, AdamTerms, adam)
DCT_DEFINE_RULE(rmsprop, RmsPropTerms, rmsprop)
DCT_DEFINE_RULE(adagrad, AdagradTerms, each<1>)
DCT_DEFINE_RULE(adadelta, AdadeltaTerms, each<2>)
DCT_DEFINE_RULE(adamax, AdamaxTerms, each<2>)
DCT_DEFINE_RULE(nadam, NadamTerms, each<2>)
DCT_DEFINE_RULE(radam, RadamTerms, each<2>)
DCT_DEFINE_RULE(asgd, AsgdTerms, each<1>)
DCT_DEFINE_RULE(rprop, RpropTerms, each<2>)

namespace {

// Eight partial sums: addition of floating point numbers may not be reordered by the compiler, so we do it.
template <typename T>
DCT_INLINE double squares(const T* __restrict x, int64_t count) {
    double lanes[8] = {};
    int64_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (int lane = 0; lane < 8; lane++) lanes[lane] += double(x[i + lane]) * double(x[i + lane]);
    for (; i < count; i++) lanes[0] += double(x[i]) * double(x[i]);
    return ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
}

template <typename T>
DCT_INLINE double magnitude(const T* __restrict x, int64_t count) {
    T largest = 0;
    bool undefined = false;
    for (int64_t i = 0; i < count; i++) {
        const T value = std::fabs(x[i]);
        largest = value > largest ? value : largest;
        undefined |= value != value;
    }
    return undefined ? std::nan("") : double(largest);
}

// x - x is zero for finite values and NaN for the others.
template <typename T>
DCT_INLINE bool scale(T* __restrict x, int64_t count, T factor) {
    int bad = 0;
    for (int64_t i = 0; i < count; i++) {
        const T value = x[i];
        bad |= (value - value) != T(0);
        x[i] = value * factor;
    }
    return bad != 0;
}

}  // namespace

DCT_CLONES double sum_of_squares(const float* x, int64_t count) { return squares(x, count); }
DCT_CLONES double sum_of_squares(const double* x, int64_t count) { return squares(x, count); }
DCT_CLONES double largest_magnitude(const float* x, int64_t count) { return magnitude(x, count); }
DCT_CLONES double largest_magnitude(const double* x, int64_t count) { return magnitude(x, count); }
DCT_CLONES bool scale_and_check(float* x, int64_t count, float factor) { return scale(x, count, factor); }
DCT_CLONES bool scale_and_check(double* x, int64_t count, double factor) { return scale(x, count, factor); }

}  // namespace deepcourse
