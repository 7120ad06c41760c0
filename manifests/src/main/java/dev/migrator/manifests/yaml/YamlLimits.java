package dev.migrator.manifests.yaml;

/**
 * What a YAML file may cost at most. All limits are checked while reading, before the memory is spent.
 *
 * @param fileBytes size of the file
 * @param scalarChars length of one text or number
 * @param keyChars length of one mapping key
 * @param depth levels of mappings and sequences inside each other
 * @param nodes mappings, sequences and scalars of the file, each alias counted as all that it stands for
 * @param chars characters of all scalars of the file, aliases expanded
 * @param documents documents of the file
 * @param findings findings after which reading stops
 */
public record YamlLimits(
        int fileBytes, int scalarChars, int keyChars, int depth, int nodes, long chars, int documents, int findings) {
    public static final YamlLimits STANDARD =
            new YamlLimits(8 << 20, 1 << 20, 1024, 64, 200_000, 16L << 20, 20_000, 100);
}
