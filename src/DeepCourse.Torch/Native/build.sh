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

# The two -fno-* are libtorch's own: square roots need not set errno, so loops with them become vector code.
flags=(-std=$standard -O3 -fno-math-errno -fno-trapping-math -fPIC -fvisibility=hidden -fopenmp -I"$headers" -I"$headers/torch/csrc/api/include")
# The two C++ ABIs do not mix: libtorch's own exported names tell which one it was built with.
# (Read in full first: a grep that stops at its first hit kills nm, which under pipefail looks like no hit at all.)
exported=$(nm -D "$libraries/libc10.so" 2>/dev/null || true)
if [[ $exported == *St7__cxx11* ]]; then
    flags+=(-D_GLIBCXX_USE_CXX11_ABI=1)
else
    flags+=(-D_GLIBCXX_USE_CXX11_ABI=0)
fi
links=(-L"$libraries" -Wl,-rpath,"$libraries" -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10)
if [[ -e $libraries/libtorch_cuda.so && -f $headers/c10/cuda/CUDAStream.h ]]; then
    cuda=${CUDA_HOME:-/usr/local/cuda}
    flags+=(-DDCT_CUDA -I"$cuda/include")
    links+=(-L"$cuda/lib64" -ltorch_cuda -lc10_cuda)
fi
# Groups of processes: headers may be there where libtorch was built without.
if [[ -f $headers/torch/csrc/distributed/c10d/TCPStore.hpp ]] &&
    LC_ALL=C grep -qaF 4c10d16ProcessGroupGloo "$libraries/libtorch_cpu.so"; then
    # Gloo's own headers go first where they are installed; ours stand in for them.
    flags+=(-DDCT_C10D -idirafter "$source_folder/gloo-declarations")
    if [[ -f $headers/torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp && " ${flags[*]} " == *" -DDCT_CUDA "* ]]; then
        # With the CUDA kit, with the system, or in the Python package beside PyTorch's.
        for folder in "$cuda/include" /usr/include "$headers/../../nvidia/nccl/include"; do
            if [[ -f $folder/nccl.h ]]; then
                flags+=(-DDCT_NCCL -I"$folder")
                break
            fi
        done
    fi
fi
flags+=(${CXXFLAGS:-})

# A change of compiler, flags or libtorch makes every object stale.
fingerprint="$compiler ${flags[*]} ${links[*]} $(stat -Lc '%s %Y' "$libraries/libtorch_cpu.so") $(sha1sum < "${BASH_SOURCE[0]}")"
if [[ ! -f $output_folder/fingerprint || $(cat "$output_folder/fingerprint") != "$fingerprint" ]]; then
    rm -f "$output_folder"/*.o "$output_folder"/*.so
fi

objects=()
stale=()
for source in "$source_folder"/*.cpp; do
    object=$output_folder/$(basename "$source" .cpp).o
    objects+=("$object")
    newer=0
    for dependency in "$source" "$source_folder"/*.h "$source_folder"/*/*/*.h; do [[ $dependency -nt $object ]] && newer=1; done
    if [[ ! -f $object || $newer == 1 ]]; then stale+=("$source"); fi
done

library=$output_folder/libdeepcourse_torch.so
if ((${#stale[@]} > 0)) || [[ ! -f $library ]]; then
    printf '%s\n' "${stale[@]}" | xargs -r -P "$(nproc)" -I{} bash -c '
        out=$1/$(basename "$2" .cpp).o; shift 2
        "$@" -c "$0" -o "$out.new" && mv "$out.new" "$out" && exit
        # What depends on headers that differ between builds of libtorch does without them, and says so when it is used.
        [[ $0 == */c10d_*.cpp ]] && "$@" -DDCT_WITHOUT -c "$0" -o "$out.new" && mv "$out.new" "$out"' {} "$output_folder" {} "$compiler" "${flags[@]}"
    for object in "$output_folder"/*.o; do
        [[ " ${objects[*]} " == *" $object "* ]] || rm -f "$object"
    done
    "$compiler" -shared -fopenmp -o "$library.new" "${objects[@]}" "${links[@]}"
    mv "$library.new" "$library"
    # What the shim was built against, checked when it is loaded.
    printf '%s\n%s\n%s.%s\n' "$headers" "$libraries" "$major" "$minor" > "$output_folder/libtorch.txt"
    printf '%s' "$fingerprint" > "$output_folder/fingerprint"
fi
