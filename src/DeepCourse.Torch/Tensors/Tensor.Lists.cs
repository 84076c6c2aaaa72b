namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements as nested lists, one level for each dimension; without dimensions the number itself.</summary>
        public object tolist()
        {
            if (ndim == 0) return ToScalar();
            using var here = cpu();
            return Listed(here);
        }

        private static List<object> Listed(Tensor tensor)
        {
            var result = new List<object>();
            for (long i = 0; i < tensor.size(0); i++)
            {
                using var part = tensor.select(0, i);
                result.Add(part.ndim == 0 ? part.ToScalar() : Listed(part));
            }
            return result;
        }
    }
}
