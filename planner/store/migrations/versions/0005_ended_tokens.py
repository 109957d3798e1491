"""tokens that opened a visit once"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ended_tokens',
    sa.Column('token_sha256', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('token_sha256', name=op.f('pk_ended_tokens'))
    )


def downgrade() -> None:
    op.drop_table('ended_tokens')
