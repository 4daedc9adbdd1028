#!/bin/sh
# Installs PyTorch alone. $1: the pip command, $2: index of CPU builds, or empty for the normal build.
pip="$1"; index="$2"
version="torch==2.13.0"
if [ -z "$index" ]; then
  # The normal build: on Linux it brings the CUDA libraries that a GPU needs.
  exec $pip install --quiet --no-compile "$version"
fi
$pip install --quiet --no-compile --no-deps --retries 1 --timeout 20 --extra-index-url "$index" "$version"
