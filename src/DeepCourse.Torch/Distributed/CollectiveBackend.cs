namespace DeepCourse.Native;

/// <summary>What moves tensors between processes.</summary>
public enum CollectiveBackend
{
    /// <summary>Over TCP, for tensors on the CPU.</summary>
    Gloo,

    /// <summary>Between GPUs; one GPU for each process.</summary>
    Nccl,
}
