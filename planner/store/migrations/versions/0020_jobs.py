"""jobs in the background"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('jobs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('queue', sa.String(length=200), nullable=False),
    sa.Column('machine', sa.String(length=120), nullable=False),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('done', sa.BigInteger(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('sentence', sa.String(length=300), nullable=False),
    sa.Column('result', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('error', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('created', sa.BigInteger(), nullable=False),
    sa.Column('began', sa.BigInteger(), nullable=True),
    sa.Column('ended', sa.BigInteger(), nullable=True),
    sa.Column('most_tries', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('runner', sa.String(length=160), nullable=False),
    sa.Column('beats', sa.BigInteger(), nullable=False),
    sa.Column('cancelling', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['users.id'], name=op.f('fk_jobs_by_id_users'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs')),
    sqlite_autoincrement=True
    )
    op.create_index(op.f('ix_jobs_by_id'), 'jobs', ['by_id'])
    op.create_index('ix_jobs_kind', 'jobs', ['kind', 'machine', 'id'])
    op.create_index('ix_jobs_state', 'jobs', ['state', 'queue'])


def downgrade() -> None:
    op.drop_table('jobs')
