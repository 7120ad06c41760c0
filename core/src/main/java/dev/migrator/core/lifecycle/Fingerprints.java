package dev.migrator.core.lifecycle;

import dev.migrator.core.canonical.Digest;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;

/**
 * A set of change fingerprints in 8 bytes each, so that 10,000 of them fit a record of a state store. Two different ones
 * look the same once in about 10^19 comparisons, and then a change is held that need not be: never the other way round.
 *
 * @param packed base64 of the sorted numbers
 */
public record Fingerprints(String packed) {
    static final Fingerprints NONE = new Fingerprints("");

    static Fingerprints of(Collection<String> changes) {
        var numbers = changes.stream()
                .mapToLong(change ->
                        Long.parseUnsignedLong(Digest.ofText(change).hex().substring(0, 16), 16))
                .sorted()
                .distinct()
                .toArray();
        var bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return new Fingerprints(Base64.getEncoder().encodeToString(bytes.array()));
    }

    /** How many are in both. */
    int inCommonWith(Fingerprints other) {
        if (packed.isEmpty() || other.packed.isEmpty()) {
            return 0;
        }
        var mine = numbers();
        var theirs = other.numbers();
        int common = 0;
        int j = 0;
        for (long number : mine) {
            while (j < theirs.length && theirs[j] < number) {
                j++;
            }
            if (j < theirs.length && theirs[j] == number) {
                common++;
            }
        }
        return common;
    }

    int size() {
        return numbers().length;
    }

    private long[] numbers() {
        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(packed));
        var numbers = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(numbers);
        return numbers;
    }
}
