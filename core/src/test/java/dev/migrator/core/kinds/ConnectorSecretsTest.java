package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorSecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection.password",
                "database.password",
                "aws_secret_access_key",
                "s3.credentials.secret",
                "value.converter.basic.auth.user.info",
                "ssl.keystore.key",
                "ssl.truststore.password",
                "salesforce.consumer-secret",
                "auth.token",
                "azblob.account.key",
                "Producer.Override.SSL.Key.Password"
            })
    void namesThatStandForSecrets(String name) {
        assertThat(ConnectorSecrets.isSecretName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key.converter",
                "topics",
                "sasl.oauthbearer.token.endpoint.url",
                "aws.credentials.provider.class",
                "ssl.keystore.location",
                "ssl.keystore.type",
                "tokenizer",
                "max.tokens",
                "delete.enabled"
            })
    void namesThatDoNot(String name) {
        assertThat(ConnectorSecrets.isSecretName(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db.password | hunter2 | true",
                "db.password | ${file:/run/db:password} | false",
                "db.password | ${file:/run/db:password}x | true",
                "db.password | '' | false",
                "sasl.jaas.config | X required username=\"a\" password=\"b\"; | true",
                "sasl.jaas.config | X required username=\"a\" password=\"${file:/run/db:p}\"; | false",
                "connection.url | jdbc:postgresql://db/orders | false",
                "connection.url | jdbc:postgresql://db/orders?user=a&password=b | true",
                "connection.url | jdbc:postgresql://db/orders?password=${file:/run/db:p} | false",
                "connection.uri | mongodb://ann:hunter2@db | true",
                "connection.uri | mongodb://ann:${env:P}@db | false",
                "elsewhere | anything | false"
            })
    void whatAValueGivesAway(String setting, String value, boolean gives) {
        assertThat(ConnectorSecrets.givesAway(setting, value)).isEqualTo(gives);
    }

    @Test
    void whatTheConnectorSaysCounts() {
        assertThat(ConnectorSecrets.givesAway("code", "1234", true)).isTrue();
        assertThat(ConnectorSecrets.givesAway("code", "${env:CODE}", true)).isFalse();
    }
}
