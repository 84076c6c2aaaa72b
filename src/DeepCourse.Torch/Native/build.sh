#!/usr/bin/env bash
# Compiles the shim into FOLDER/libdeepcourse_torch.so, only what changed, two files at a time.
# Usage: build.sh FOLDER        Exit 3: no libtorch found.        LIBTORCH, CXX, CXXFLAGS are honoured.
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output_folder=$1
mkdir -p "$output_folder"
exec 9>"$output_folder/.lock"
flock 9 2>/dev/null || true

tried=()
headers=""
libraries=""

# A libtorch is a folder with the headers, and one with libtorch_cpu.so. $1: headers, $2: libraries
accept() {
    if [[ -f $1/torch/csrc/api/include/torch/version.h && -e $2/libtorch_cpu.so ]]; then
        headers=$1
        libraries=$2
        return 0
    fi
    tried+=("$1 with $2")
    return 1
}

find_libtorch() {
    if [[ -n ${LIBTORCH:-} ]]; then
        accept "$LIBTORCH/include" "$LIBTORCH/lib" && return
        echo "LIBTORCH=$LIBTORCH holds no libtorch (looked for include/torch/csrc/api/include/torch/version.h and lib/libtorch_cpu.so)."
        exit 3
    fi
    accept /usr/include "/usr/lib/$(uname -m)-linux-gnu" && return
    accept /usr/include /usr/lib64 && return
    accept /usr/local/libtorch/include /usr/local/libtorch/lib && return
    local folder
    folder=$(python3 -c 'import os, torch; print(os.path.dirname(torch.__file__))' 2>/dev/null || true)
    [[ -n $folder ]] && accept "$folder/include" "$folder/lib" && return
    tried+=("python3 -c 'import torch'")
    printf 'Tried: '
    printf '%s; ' "${tried[@]}"
    echo
    exit 3
}

find_libtorch
compiler=${CXX:-g++}
if ! command -v "$compiler" >/dev/null; then
    echo "No C++ compiler ($compiler). Install one: apt-get install g++"
    exit 4
fi

# From 2.10 on the numbers stand in a header of their own.
version_of() {
    sed -n "s/#define TORCH_VERSION_$1 \([0-9]*\).*/\1/p" \
        "$headers/torch/csrc/api/include/torch/version.h" "$headers/torch/headeronly/version.h" 2>/dev/null || true
}
major=$(version_of MAJOR)
minor=$(version_of MINOR)
if [[ -z $major || -z $minor ]]; then
    echo "$headers does not say which version of libtorch it belongs to (looked in torch/csrc/api/include/torch/version.h and torch/headeronly/version.h)."
    exit 3
fi
standard=c++17
if ((major > 2 || (major == 2 && minor >= 9))); then standard=c++20; fi

# GCC 14 takes libtorch's own headers for overflowing.
quiet=(-Wno-stringop-overflow)
# The two -fno-* are libtorch's own: square roots need not set errno, so loops with them become vector code.
flags=(-std=$standard "${quiet[@]}" -O3 -fno-math-errno -fno-trapping-math -fPIC -fvisibility=hidden -fopenmp -I"$headers" -I"$headers/torch/csrc/api/include")
# The two C++ ABIs do not mix: libtorch's own exported names tell which one it was built with.
# (Read in full first: a grep that stops at its first hit kills nm, which under pipefail looks like no hit at all.)
exported=$(nm -D "$libraries/libc10.so" 2>/dev/null || true)
if [[ $exported == *St7__cxx11* ]]; then
    flags+=(-D_GLIBCXX_USE_CXX11_ABI=1)
else
    flags+=(-D_GLIBCXX_USE_CXX11_ABI=0)
fi
links=(-L"$libraries" -Wl,-rpath,"$libraries" -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10)
cuda=""
if [[ -e $libraries/libtorch_cuda.so ]]; then
    links+=(-ltorch_cuda -lc10_cuda)
    # Tensors on GPUs need nothing but libtorch. Streams, graphs and memory statistics need the headers of CUDA's runtime: of the
    # CUDA kit, of the system, or of the Python packages beside PyTorch's.
    site=$headers/../..
    compiler_of_cuda=$(readlink -f "$(command -v nvcc || true)" || true)
    for folder in "${CUDA_HOME:-/usr/local/cuda}/include" "${compiler_of_cuda%/bin/nvcc}/include" /usr/local/cuda-*/include /usr/include \
        "$site"/nvidia/cu[0-9]*/include "$site/nvidia/cuda_runtime/include"; do
        # The Python packages may lack the part that the others build on.
        if [[ -f $folder/cuda_runtime_api.h && -f $folder/crt/host_config.h && -f $headers/c10/cuda/CUDAStream.h ]]; then
            cuda=$folder
            break
        fi
    done
    if [[ -n $cuda ]]; then
        flags+=(-DDCT_CUDA)
        # From CUDA 13 on a part is in a folder of its own; Python packages for CUDA 12 keep the headers of libraries apart.
        for folder in "$cuda" "$cuda/cccl" "$site"/nvidia/{cublas,cusparse,cusolver,nvtx}/include; do
            if [[ -d $folder && $folder != /usr/include ]]; then flags+=(-I"$folder"); fi
        done
    else
        echo "This libtorch has CUDA, but there are no headers of CUDA's runtime (cuda_runtime_api.h, crt/host_config.h; CUDA_HOME says where): streams, graphs and memory statistics are left out."
    fi
    # cuDNN looks for the compiler of kernels by its bare name. Python's PyTorch has loaded it by then, from a package beside its
    # own; what the shim links with is loaded too.
    for library in "$site"/nvidia/{cu[0-9]*,cuda_nvrtc}/lib/libnvrtc.so.*; do
        if [[ -f $library && $library != *.alt.* ]]; then links+=(-Wl,-rpath,"$(dirname "$library")" "$library"); fi
    done
fi
# One OpenMP for all: where libtorch brings its own, a second one would have threads that nobody has set the number of.
openmp=(-fopenmp)
for library in "$libraries"/libgomp[.-]*so* "$headers"/../../torch.libs/libgomp[.-]*so*; do
    # What the system has is what -fopenmp links with; another compiler has an OpenMP of its own.
    if [[ -f $library && $libraries != /usr/* ]] && ! "$compiler" --version | grep -qi clang; then openmp=("$library"); fi
done
# Groups of processes: headers may be there where libtorch was built without.
if [[ -f $headers/torch/csrc/distributed/c10d/TCPStore.hpp ]] &&
    LC_ALL=C grep -qaF 4c10d16ProcessGroupGloo "$libraries/libtorch_cpu.so"; then
    # Gloo's own headers go first where they are installed; ours stand in for them.
    flags+=(-DDCT_C10D -idirafter "$source_folder/gloo-declarations")
    if [[ -f $headers/torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp && -n $cuda ]]; then
        # With the CUDA kit, with the system, or in the Python package beside PyTorch's.
        for folder in "$cuda" /usr/include "$site/nvidia/nccl/include"; do
            if [[ -f $folder/nccl.h ]]; then
                flags+=(-DDCT_NCCL -I"$folder")
                break
            fi
        done
    fi
fi
flags+=(${CXXFLAGS:-})

# A change of compiler, flags or libtorch makes every object stale.
fingerprint="$compiler ${flags[*]} ${openmp[*]} ${links[*]} $(stat -Lc '%s %Y' "$libraries/libtorch_cpu.so") $(sha1sum < "${BASH_SOURCE[0]}")"
if [[ ! -f $output_folder/fingerprint || $(cat "$output_folder/fingerprint") != "$fingerprint" ]]; then
    rm -f "$output_folder"/*.o "$output_folder"/*.so
fi

objects=()
stale=()
# By content: a copy may be newer than its object and have an older time.
common=$(cat "$source_folder"/*.h "$source_folder"/gloo-declarations/*/*.h "$source_folder"/gloo-declarations/*/*/*.h 2>/dev/null | sha1sum || true)
sum_of() { { echo "$common"; cat "$1"; } | sha1sum; }
for source in "$source_folder"/*.cpp; do
    object=$output_folder/$(basename "$source" .cpp).o
    objects+=("$object")
    if [[ ! -f $object || ! -f $object.sum || $(<"$object.sum") != "$(sum_of "$source")" ]]; then stale+=("$source"); fi
done

library=$output_folder/libdeepcourse_torch.so
if ((${#stale[@]} > 0)) || [[ ! -f $library ]]; then
    printf '%s\n' "${stale[@]}" | xargs -r -P "$(nproc)" -I{} bash -c '
        out=$1/$(basename "$2" .cpp).o; shift 2
        "$@" -c "$0" -o "$out.new" && mv "$out.new" "$out" && exit
        # What depends on headers that differ between builds of libtorch does without them, and says so when it is used.
        [[ $0 == */c10d_*.cpp ]] && "$@" -DDCT_WITHOUT -c "$0" -o "$out.new" && mv "$out.new" "$out"' {} "$output_folder" {} "$compiler" "${flags[@]}"
    for source in "${stale[@]}"; do sum_of "$source" >"$output_folder/$(basename "$source" .cpp).o.sum"; done
    for object in "$output_folder"/*.o; do
        [[ " ${objects[*]} " == *" $object "* ]] || rm -f "$object"
    done
    "$compiler" -shared -o "$library.new" "${objects[@]}" "${openmp[@]}" "${links[@]}"
    mv "$library.new" "$library"
    printf '%s' "$fingerprint" > "$output_folder/fingerprint"
fi
