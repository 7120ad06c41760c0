package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.QuotaEntity.Name;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaEntityTest {
    @Test
    void theAddressOfEachCombinationIsReadBack() {
        for (var user : names("default", "a|b%=ü", "-default")) {
            for (var id : names("x", "client-id=y")) {
                if (user.isPresent() || id.isPresent()) {
                    var entity = new QuotaEntity(user, id, Optional.empty());
                    assertThat(QuotaEntity.parse(entity.address())).isEqualTo(entity);
                }
            }
        }
        for (var ip : names("10.0.0.1", "2001:db8::1")) {
            if (ip.isPresent()) {
                var entity = new QuotaEntity(Optional.empty(), Optional.empty(), ip);
                assertThat(QuotaEntity.parse(entity.address())).isEqualTo(entity);
            }
        }
    }

    @Test
    void aNameThatIsTheWordDefaultIsNotTheDefault() {
        assertThat(QuotaEntity.parse("user=default").userName()).contains("default");
        assertThat(QuotaEntity.parse("user-default").userName()).isEmpty();
        assertThat(QuotaEntity.parse("user=default")).isNotEqualTo(QuotaEntity.parse("user-default"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user",
                "user-defaults",
                "ip=10.0.0.1|user=a",
                "client-id=a|user=b",
                "user=a|user=b",
                "user=a%",
                "user=%61",
                "user=a|",
                "group=a"
            })
    void anythingElseIsNoAddress(String address) {
        assertThatThrownBy(() -> QuotaEntity.parse(address))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("QUO-ADDRESS"));
    }

    private static List<Optional<Name>> names(String... names) {
        var all = new java.util.ArrayList<Optional<Name>>();
        all.add(Optional.empty());
        all.add(Optional.of(new Name.Default()));
        List.of(names).forEach(name -> all.add(Optional.of(Name.of(name))));
        return all;
    }
}
