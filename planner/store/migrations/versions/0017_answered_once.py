"""answers to requests with an Idempotency-Key"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('answered_once',
    sa.Column('key_sha256', sa.String(length=64), nullable=False),
    sa.Column('asked_sha256', sa.String(length=64), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('key_sha256', name=op.f('pk_answered_once'))
    )
    op.create_index(op.f('ix_answered_once_at'), 'answered_once', ['at'])


def downgrade() -> None:
    op.drop_table('answered_once')
