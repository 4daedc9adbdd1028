"""The shapes of users and tokens in the API."""

from rest_framework import serializers

from backend.accounts.models import ApiToken, User


class UserSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ["id", "email", "name"]


class PasswordChangeSerializer(serializers.Serializer):
    current = serializers.CharField(max_length=200, trim_whitespace=False)
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class ApiTokenSerializer(serializers.ModelSerializer[ApiToken]):
    class Meta:
        model = ApiToken
        fields = ["id", "name", "prefix", "created_at", "last_used_at"]


class ApiTokenInputSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=100)


class NewApiTokenSerializer(ApiTokenSerializer):
    """A token with its secret, which is shown this once."""

    token = serializers.CharField()

    class Meta(ApiTokenSerializer.Meta):
        fields = [*ApiTokenSerializer.Meta.fields, "token"]
