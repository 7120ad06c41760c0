package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an entry cannot be made without where nothing is. */
class FoundationsTest {
    @Test
    void aVersionOfAnArtifactStandsOnTheArtifactAndWhatItRefersTo() {
        var references = List.of(
                Value.object("group", Value.of("a/b"), "artifactId", Value.of("Money"), "version", Value.of("3")),
                Value.object("artifactId", Value.of("Item"), "version", Value.of("1")),
                Value.object("artifactId", Value.of("OfNoVersion")));

        assertThat(foundations("artifact-version", "shop/Order@2", Content.of("references", Value.array(references))))
                .containsExactlyInAnyOrder(
                        key("artifact", "shop/Order"),
                        key("artifact-version", "a%2Fb/Money@3"),
                        key("artifact-version", "default/Item@1"));
        assertThat(foundations("artifact", "shop/Order", Content.EMPTY)).isEmpty();
    }

    @Test
    void aVersionOfASubjectStandsOnItsLevelTheVersionBeforeAndWhatItRefersTo() {
        var references = List.of(
                Value.object("subject", Value.of("money"), "version", Value.of(3)),
                Value.object("subject", Value.of("newest"), "version", Value.of(-1)),
                Value.object("subject", Value.of("of-no-version")));

        assertThat(foundations("subject-version", "orders@2", Content.of("references", Value.array(references))))
                .containsExactlyInAnyOrder(
                        key("subject", "orders"),
                        key("subject-version", "orders@1"),
                        key("subject-version", "money@3"));
        assertThat(foundations("subject-version", "orders@1", Content.EMPTY)).containsExactly(key("subject", "orders"));
        assertThat(foundations("subject", "orders", Content.EMPTY)).isEmpty();
    }

    @Test
    void aTopicStandsOnNothing() {
        assertThat(foundations("topic", "orders", Content.EMPTY)).isEmpty();
    }

    private static Iterable<EntryKey> foundations(String kind, String address, Content content) {
        return Kinds.standard().ofEntry(kind).foundations(key(kind, address), content);
    }

    private static EntryKey key(String kind, String address) {
        return new EntryKey("registry", kind, address);
    }
}
